// Marks in the list of contents which part of the page is being read: the last heading in or above the window's top sixth.
const links = new Map();
for (const link of document.querySelectorAll(".contents a[href^='#']")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
}
let waiting = false;

// The last headings of a page cannot rise so far: at its end the one that was jumped to counts, or the last one in sight.
function current() {
    const above = (line) => [...links.keys()].filter((heading) => heading.getBoundingClientRect().top < line);
    const passed = above(innerHeight / 6);
    if (scrollY < 1 || scrollY + innerHeight < document.documentElement.scrollHeight - 2) return passed.at(-1);
    const seen = above(innerHeight);
    return seen.slice(passed.length).find((heading) => `#${heading.id}` === decodeURIComponent(location.hash)) || seen.at(-1);
}

function mark() {
    waiting = false;
    const marked = links.get(current());
    for (const link of links.values()) {
        if (link === marked) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
    }
}

function markSoon() {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
}

for (const event of ["scroll", "scrollend", "resize", "hashchange"]) addEventListener(event, markSoon, { passive: true });
mark();
