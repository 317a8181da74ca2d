// The reader's choices, applied before the first paint. They stay in the reader's own browser.
(() => {
    const root = document.documentElement;
    root.classList.add("js");
    try {
        for (const name of ["size", "contrast", "easy"]) {
            const value = localStorage.getItem(`reading-${name}`);
            if (value) root.dataset[name] = value;
        }
    } catch {
        // Storage may be switched off: the page is read as it is.
    }
})();
