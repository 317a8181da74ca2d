// The reader's choices, applied before the first paint. They stay in the reader's own browser.
(() => {
    const root = document.documentElement;
    const dark = document.querySelector("link[data-scheme-dark]");
    const asTheSystem = dark.media;
    const dress = () => {
        dark.media = { light: "not all", dark: "screen" }[root.dataset.scheme] ?? asTheSystem;
    };
    root.classList.add("js");
    try {
        for (const name of ["size", "scheme", "contrast", "easy"]) {
            const value = localStorage.getItem(`reading-${name}`);
            if (value) root.dataset[name] = value;
        }
    } catch {
        // Storage may be switched off: the page is read as it is.
    }
    dress();
    new MutationObserver(dress).observe(root, { attributeFilter: ["data-scheme"] });
})();
