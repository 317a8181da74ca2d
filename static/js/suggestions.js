// Names offered while a reader types: a combobox with a list box (WAI-ARIA), over a field that works without it.
const PAUSE = 120; // milliseconds without a key before the server is asked
let number = 0;

function combobox(field) {
    const input = field.querySelector("input");
    const list = document.createElement("ul");
    const status = document.createElement("p");
    let timer, asked, active = -1;

    number += 1;
    list.id = `suggestions-${number}`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.getAttribute("aria-label") || input.labels[0]?.textContent || "");
    list.hidden = true;
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    field.append(list, status);
    for (const [name, value] of Object.entries({
        role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
    })) input.setAttribute(name, value);

    function close() {
        asked?.abort();
        clearTimeout(timer);
        list.hidden = true;
        status.textContent = "";
        input.setAttribute("aria-expanded", "false");
        choose(-1);
    }

    function choose(place) {
        active = place;
        [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === place)));
        if (place < 0) return input.removeAttribute("aria-activedescendant");
        input.setAttribute("aria-activedescendant", list.children[place].id);
        list.children[place].scrollIntoView({ block: "nearest" });
    }

    function show(suggestions) {
        list.replaceChildren(...suggestions.map(({ title, path, kind }, index) => {
            const option = document.createElement("li");
            const label = document.createElement("span");
            option.id = `${list.id}-${index}`;
            option.className = "suggestions__option";
            option.setAttribute("role", "option");
            option.dataset.path = path;
            label.className = "suggestions__kind";
            label.textContent = kind;
            option.append(title, " ", label);
            return option;
        }));
        choose(-1);
        list.hidden = !suggestions.length;
        input.setAttribute("aria-expanded", String(!list.hidden));
        const { countOne, countMany } = field.dataset;
        status.textContent = suggestions.length === 1 ? countOne : suggestions.length ? countMany.replace("{count}", suggestions.length) : "";
    }

    async function ask() {
        asked?.abort();
        const typed = input.value.trim();
        if (!typed) return close();
        asked = new AbortController();
        try {
            const response = await fetch(`${field.dataset.suggestions}?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
            if (response.ok) show((await response.json()).suggestions);
        } catch {
            // The form works without suggestions.
        }
    }

    function later() {
        clearTimeout(timer);
        timer = setTimeout(ask, PAUSE);
    }

    input.addEventListener("input", (event) => event.isComposing || later());
    input.addEventListener("compositionend", later);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
        if (event.isComposing) return;
        if (list.hidden) return event.key === "ArrowDown" ? ask() : undefined;
        const count = list.children.length;
        if (event.key === "ArrowDown") choose(active + 1 < count ? active + 1 : -1);
        else if (event.key === "ArrowUp") choose(active < 0 ? count - 1 : active - 1);
        else if (event.key === "Escape") close();
        else if (event.key === "Enter" && active >= 0) location.assign(list.children[active].dataset.path);
        else return;
        event.preventDefault();
    });
    // Before the field loses the focus, which closes the list.
    list.addEventListener("mousedown", (event) => {
        const option = event.target.closest("[role=option]");
        event.preventDefault();
        if (option && event.button === 0) location.assign(option.dataset.path);
    });
}

document.querySelectorAll("[data-suggestions]").forEach(combobox);
