// The reading tools: buttons that set, keep and announce a choice.
const root = document.documentElement;

function keep(name, value) {
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
    try {
        if (value) localStorage.setItem(`reading-${name}`, value);
        else localStorage.removeItem(`reading-${name}`);
    } catch {
        // Without storage the choice holds for this page.
    }
    show();
}

function show() {
    for (const button of document.querySelectorAll("[data-reading]")) {
        const { reading, value } = button.dataset;
        button.setAttribute("aria-pressed", String((root.dataset[reading] || "") === value));
    }
}

for (const button of document.querySelectorAll("[data-reading]")) {
    button.addEventListener("click", () => {
        const { reading, value } = button.dataset;
        const chosen = (root.dataset[reading] || "") === value;
        keep(reading, chosen ? "" : value);
    });
}

document.querySelector("[data-print]")?.addEventListener("click", () => window.print());

const copy = document.querySelector("[data-copy]");
if (copy && !navigator.clipboard) copy.hidden = true;
copy?.addEventListener("click", async () => {
    const status = document.querySelector("[data-copy-status]");
    try {
        const canonical = document.querySelector("link[rel=canonical]")?.href;
        const lists = document.querySelector("meta[name=robots]"); // a page of answers, whose canonical address has no question
        await navigator.clipboard.writeText((!lists && canonical) || location.href);
        status.textContent = copy.dataset.done;
    } catch {
        status.textContent = copy.dataset.failed;
    }
});

show();
