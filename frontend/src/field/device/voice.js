// Speech into text where the browser can; elsewhere the keyboard has a microphone of its own.

const Recogniser = globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition ?? null;

export const canListen = () => Recogniser != null && navigator.onLine;

// Listens to one sentence. → { text } or { trouble: "denied" | "nothing" | "offline" | "none" }
export function listen(language, hear = () => {}) {
  if (!Recogniser) return { done: Promise.resolve({ trouble: "none" }), stop: () => {} };
  const ear = new Recogniser();
  Object.assign(ear, { lang: language, interimResults: true, maxAlternatives: 1, continuous: false });
  let text = "";
  const done = new Promise((end) => {
    ear.onresult = ({ results }) => {
      text = [...results].map((one) => one[0].transcript).join("");
      hear(text);
    };
    ear.onerror = ({ error }) => end({ trouble: { "not-allowed": "denied", "service-not-allowed": "denied", network: "offline", "audio-capture": "none" }[error] ?? "nothing" });
    ear.onend = () => end(text ? { text } : { trouble: "nothing" });
    ear.start();
  });
  return { done, stop: () => ear.stop() };
}
