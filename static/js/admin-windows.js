// A window of Wagtail's (a chooser, say) that could not be fetched: Wagtail leaves the button that was clicked disabled, and
// says nothing. Here the button is given back, and the person is told.
(() => {
  const { failed } = document.currentScript.dataset;

  window.jQuery(document).on("ajaxError", () => {
    const waiting = window.jQuery("body > .modal").filter(":not(.in)");
    if (!waiting.length) return;
    waiting.trigger("hide.bs.modal").remove();
    document.dispatchEvent(new CustomEvent("w-messages:add", { detail: { clear: true, text: failed, type: "error" } }));
  });
})();
