// The camera, opened when somebody asks for it and closed at once afterwards.

const TROUBLES = { NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "missing", OverconstrainedError: "missing", NotReadableError: "busy", AbortError: "busy" };

export const hasCamera = () => Boolean(navigator.mediaDevices?.getUserMedia);

// → { stream } or { trouble: "denied" | "missing" | "busy" }
export async function openCamera({ large = true } = {}) {
  if (!hasCamera()) return { trouble: "missing" };
  try {
    const video = { facingMode: { ideal: "environment" }, width: { ideal: large ? 2560 : 1280 }, height: { ideal: large ? 1920 : 720 } };
    return { stream: await navigator.mediaDevices.getUserMedia({ video, audio: false }) };
  } catch (error) {
    return { trouble: TROUBLES[error.name] ?? "busy" };
  }
}

export const closeCamera = (stream) => stream?.getTracks().forEach((track) => track.stop());

// One picture as it stands in the finder.
export async function shot(video) {
  const canvas = Object.assign(document.createElement("canvas"), { width: video.videoWidth, height: video.videoHeight });
  canvas.getContext("2d").drawImage(video, 0, 0);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.95));
}

export const torchOf = (stream) => {
  const [track] = stream?.getVideoTracks() ?? [];
  if (!track?.getCapabilities?.().torch) return null;
  return (isOn) => track.applyConstraints({ advanced: [{ torch: isOn }] });
};
