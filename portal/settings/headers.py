"""What every answer tells the browser: what it may load, do, frame and send on."""

CSP_REPORTS_PATH = "csp-reports/"
CSP_REPORTS_KEPT_DAYS = 90

# The browser's rights on public pages.
_NONE, _SELF = ["'none'"], ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": _NONE,
        "script-src": _SELF,
        "style-src": _SELF,
        "img-src": ["'self'", "data:"],
        "font-src": _SELF,
        "connect-src": _SELF,
        "manifest-src": _SELF,
        "form-action": _SELF,
        "base-uri": _NONE,
        "object-src": _NONE,
        "frame-ancestors": _SELF,
        "report-uri": f"/{CSP_REPORTS_PATH}",  # for browsers without the Reporting API
        "report-to": "csp",
    }
}
# In the admin pictures are shown before their upload, and previews stand in frames. Inline scripts and styles stay
# forbidden: static/js/admin-starts.js does what Wagtail would write as such.
ADMIN_CONTENT_SECURITY_POLICY = CONTENT_SECURITY_POLICY["DIRECTIVES"] | {
    "img-src": ["'self'", "data:", "blob:"],
    "media-src": _SELF,
    "frame-src": _SELF,
    "worker-src": _SELF,
}

# Copying a link needs the clipboard, signing in may need a passkey; the portal uses nothing else.
_OWN_FEATURES = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")
_NO_FEATURES = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture"),
    *("encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get"),
    *("idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "otp-credentials", "payment"),
    *("picture-in-picture", "screen-wake-lock", "serial", "storage-access", "sync-xhr", "unload", "usb"),
    *("window-management", "xr-spatial-tracking"),
)

X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # the admin shows its previews in frames of the same origin
SECURE_REFERRER_POLICY = "same-origin"
# Django's SecurityMiddleware sets three of these as well, but not on its own refusal of an unknown host.
RESPONSE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Permissions-Policy": ", ".join([f"{name}=(self)" for name in _OWN_FEATURES] + [f"{name}=()" for name in _NO_FEATURES]),
    "Reporting-Endpoints": f'csp="/{CSP_REPORTS_PATH}"',
}
