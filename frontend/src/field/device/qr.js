// Reads a square code in the camera's picture: by the browser's own detector, else by a decoder that is loaded when it is needed.

async function reader() {
  const kinds = (await globalThis.BarcodeDetector?.getSupportedFormats?.().catch(() => [])) ?? [];
  if (kinds.includes("qr_code")) {
    const detector = new globalThis.BarcodeDetector({ formats: ["qr_code"] });
    return async (source) => (await detector.detect(source))[0]?.rawValue ?? "";
  }
  const { default: decode } = await import("qr/decode.js");
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async (source) => {
    const [wide, high] = [source.videoWidth ?? source.width, source.videoHeight ?? source.height];
    const share = Math.min(1, 960 / Math.max(wide, high));
    Object.assign(canvas, { width: Math.round(wide * share), height: Math.round(high * share) });
    pen.drawImage(source, 0, 0, canvas.width, canvas.height);
    return decoded(decode, pen.getImageData(0, 0, canvas.width, canvas.height));
  };
}

function decoded(decode, picture) {
  try {
    return decode(picture) ?? "";
  } catch (error) {
    if (error instanceof Error) return ""; // no code in this picture: the decoder says so by throwing
    throw error;
  }
}

// Calls found(text) for every code in the video until it is told to stop.
export function watch(video, found, pause = 180) {
  let isOver = false;
  const look = async (read) => {
    while (!isOver) {
      const text = video.readyState >= 2 ? await read(video) : "";
      if (text && !isOver) found(text);
      await new Promise((done) => setTimeout(done, pause));
    }
  };
  const end = reader().then(look);
  return { stop: () => { isOver = true; }, end };
}

export async function codeInPicture(file) {
  const picture = await createImageBitmap(file);
  return (await reader())(picture);
}
