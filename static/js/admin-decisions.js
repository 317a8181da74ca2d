// A reviewer's decision reaches the server once. Wagtail puts it into the editor's form, which autosave would send as well
// while the browser waits for the answer to the form itself.
document.addEventListener("w-autosave:save", (event) => {
  if (event.detail.formData.has("action-workflow-action")) event.preventDefault();
});
