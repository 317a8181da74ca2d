// Marks in the list of contents which part of the page is being read: the last heading in or above the window's top sixth.
const links = new Map();
for (const link of document.querySelectorAll(".contents a[href^='#']")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
}

function mark() {
    const passed = [...links.keys()].filter((heading) => heading.getBoundingClientRect().top < innerHeight / 6);
    const current = links.get(passed.at(-1));
    for (const link of links.values()) {
        if (link === current) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
    }
}

const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -83% 0px" });
for (const heading of links.keys()) observer.observe(heading);
