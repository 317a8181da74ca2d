// The admin's content security policy forbids inline scripts and styles. What Wagtail would write as such stands in the
// page as data and is done here. Loaded on every page of the admin, before the scripts of its forms.
(() => {
  // Only the functions that set up choosers and panels are ever called by name.
  const STARTABLE = /^[A-Za-z]+(Chooser|Panel)$/;

  function start(place) {
    const name = place.dataset.start;
    const callee = STARTABLE.test(name) ? window[name] : undefined;
    if (typeof callee !== "function" || "started" in place.dataset) return;
    place.dataset.started = "";
    const args = JSON.parse(place.dataset.arguments);
    if (place.dataset.id !== undefined) args.unshift(place.dataset.id);
    if (/^[A-Z]/.test(name)) new callee(...args);
    else callee(...args);
  }

  function startAllIn(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.matches("template[data-start]")) start(node);
    node.querySelectorAll("template[data-start]").forEach(start);
  }

  new MutationObserver((changes) => {
    changes.forEach((change) => change.addedNodes.forEach(startAllIn));
  }).observe(document, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => startAllIn(document.documentElement));

  // What a multiple chooser has chosen is put into the new form at once: its choosers cannot wait for the observer.
  const { addForm } = window.InlinePanel.prototype;
  window.InlinePanel.prototype.addForm = function addFormAndStartIt(...options) {
    const added = addForm.apply(this, options);
    startAllIn(document.documentElement);
    return added;
  };

  // The rich text editor makes <style> elements; their rules are adopted as sheets, which the policy lets scripts do.
  class AdoptedStyle extends HTMLElement {
    sheet = new CSSStyleSheet();

    observer = new MutationObserver(() => this.sheet.replaceSync(this.textContent));

    connectedCallback() {
      this.hidden = true;
      this.sheet.replaceSync(this.textContent);
      this.observer.observe(this, { childList: true, characterData: true, subtree: true });
      document.adoptedStyleSheets.push(this.sheet);
    }

    disconnectedCallback() {
      this.observer.disconnect();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet);
    }
  }
  customElements.define("adopted-style", AdoptedStyle);
  const createElement = document.createElement.bind(document);
  document.createElement = (name, options) =>
    createElement(String(name).toLowerCase() === "style" ? "adopted-style" : name, options);

  // A style attribute set by a script is set property by property; an inline handler, which could never run, is not set.
  const { setAttribute } = Element.prototype;
  Element.prototype.setAttribute = function setAllowedAttribute(name, value) {
    const attribute = String(name).toLowerCase();
    if (attribute === "style" && this.style) this.style.cssText = value;
    else if (!attribute.startsWith("on")) setAttribute.call(this, name, value);
  };
})();
