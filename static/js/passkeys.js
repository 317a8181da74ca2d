// Passkeys: takes what the server asks for from the page, asks the browser, sends the answer with the form.
const form = document.querySelector("form[data-passkey]");
const options = JSON.parse(document.getElementById("passkey-options").textContent).publicKey;
const button = form.querySelector("[data-passkey-button]");
const failed = form.querySelector("[data-passkey-failed]");

const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (character) => character.charCodeAt(0));

const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
        .replace(/\+/g, "-")
        .replace(/\//g, "_")
        .replace(/=+$/, "");

const described = (list) => (list || []).map((credential) => ({ ...credential, id: bytes(credential.id) }));

function asked() {
    const wanted = { ...options, challenge: bytes(options.challenge) };
    if (form.dataset.passkey === "get") {
        return navigator.credentials.get({ publicKey: { ...wanted, allowCredentials: described(options.allowCredentials) } });
    }
    return navigator.credentials.create({
        publicKey: {
            ...wanted,
            user: { ...options.user, id: bytes(options.user.id) },
            excludeCredentials: described(options.excludeCredentials),
        },
    });
}

function sent(credential) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
        if (credential.response[name]) {
            response[name] = text(credential.response[name]);
        }
    }
    return JSON.stringify({
        id: credential.id,
        rawId: text(credential.rawId),
        type: credential.type,
        response,
        clientExtensionResults: credential.getClientExtensionResults(),
    });
}

form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    button.disabled = true;
    try {
        form.elements.credential.value = sent(await asked());
        form.submit();
    } catch {
        failed.hidden = false;
        button.disabled = false;
    }
});

if (window.PublicKeyCredential) {
    button.hidden = false;
}
