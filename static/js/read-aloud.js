// Reading aloud, sentence by sentence, with voices on the reader's own device: others would send the text to a third party.
// The button appears where there is such a voice.
const button = document.querySelector("[data-read-aloud]");
const main = document.querySelector("main");
const PARTS = "h1, h2, h3, p, li, figcaption, caption, th, td, dt, dd, blockquote";
const SENTENCES = /[^。！？；.!?;]+[。！？；.!?;]*\s*/g;
let reading = false;

function voiceFor(lang) {
    const start = lang.slice(0, 2).toLowerCase();
    return speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(start));
}

// What stands in a part itself; parts within it, such as the items of a list in a list, have their own turn.
function textOf(part) {
    if (!part.querySelector(PARTS)) return part.innerText;
    const own = [...part.childNodes].filter((node) => !node.matches?.(PARTS) && !node.querySelector?.(PARTS));
    return own.map((node) => node.innerText ?? node.data).join("").trim();
}

function* sentences() {
    for (const part of main.querySelectorAll(PARTS)) {
        if (!part.getClientRects().length || part.closest("nav, [aria-hidden=true], details:not([open])")) continue;
        const lang = part.closest("[lang]").lang;
        for (const sentence of textOf(part).match(SENTENCES) || []) yield { text: sentence.trim(), lang };
    }
}

function show(state) {
    reading = state;
    button.setAttribute("aria-pressed", String(state));
}

function stop() {
    show(false);
    speechSynthesis.cancel();
}

function next(rest) {
    const { value, done } = rest.next();
    if (done || !reading) return stop();
    const speech = new SpeechSynthesisUtterance(value.text);
    speech.lang = value.lang;
    speech.voice = voiceFor(value.lang) || voiceFor(document.documentElement.lang);
    speech.onend = () => next(rest);
    speech.onerror = () => show(false);
    speechSynthesis.speak(speech);
}

function offer() {
    button.hidden = !voiceFor(document.documentElement.lang);
}

if (button && main && "speechSynthesis" in window) {
    offer();
    speechSynthesis.addEventListener?.("voiceschanged", offer);
    addEventListener("pagehide", stop);
    button.addEventListener("click", () => {
        if (reading) return stop();
        show(true);
        next(sentences());
    });
}
