"""Who gets to the admin: its host and networks, the limits of a session, and what is due after sign-in."""

import time

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject

from accounts.devices import remember_device
from accounts.door import admin_answers, below_admin, is_public
from accounts.steps import step_due
from core.client_address import client_address

ABSENT = "/-/"  # an address of nothing
SEEN_EVERY = 60  # seconds between two notes of the last activity


class AdminDoorMiddleware:
    """Hide the admin on other hosts than ADMIN_HOST and from other networks than ADMIN_NETWORKS.

    Stands before CommonMiddleware, which would complete the address of a hidden page with its slash.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if getattr(request, "is_dummy", False):  # the page inside a preview, asked for by the admin itself
            return self.get_response(request)
        inside = below_admin(request.path_info)
        if not (admin_answers(request) if inside else is_public(request)):
            request.path_info = ABSENT  # goes the way of every address of nothing, so that no header tells the difference
            return self.get_response(request)
        response = self.get_response(request)
        if inside:
            response.headers["X-Robots-Tag"] = "noindex"
            patch_cache_control(response, no_store=True)
        return response


class SessionLimitsMiddleware:
    """End a session that was idle for too long or has lasted too long; note its last activity."""

    # The editor calls these by itself as long as it is open.
    background = f"/{settings.ADMIN_PATH}editing-sessions/"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        person = request.user
        request.user = SimpleLazyObject(lambda: self._within_limits(request, person))
        return self.get_response(request)

    def _within_limits(self, request, person):
        if not person.is_authenticated:
            return person
        session, now = request.session, time.time()
        seen_at = session.get("seen_at", 0)
        if (
            now - seen_at > settings.SESSION_IDLE_SECONDS
            or now - session.get("begun_at", 0) > settings.SESSION_ABSOLUTE_SECONDS
        ):
            UserSession.objects.filter(session_key=session.session_key).delete()
            session.flush()
            return AnonymousUser()
        if now - seen_at > SEEN_EVERY and not request.path_info.startswith(self.background):
            session["seen_at"] = now
            UserSession.objects.filter(session_key=session.session_key).update(
                last_seen_at=timezone.now(), ip=client_address(request)
            )
        return person


class SignInStepsMiddleware:
    """Let nobody further whose sign-in is not complete: below the admin's address they are led to the step that is
    due, anywhere else they count as not signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not below_admin(request.path_info):
            person = request.user
            request.user = SimpleLazyObject(lambda: AnonymousUser() if step_due(request, person) else person)
        response = self.get_response(request)
        if person := getattr(request, "person_to_remember", None):
            remember_device(request, response, person.get_username())
        return response

    def process_view(self, request, view, args, kwargs):
        if not below_admin(request.path_info):
            return None
        step = step_due(request, request.user)
        if step is None or request.resolver_match.url_name in step.pages:
            return None
        return HttpResponseRedirect(reverse(step.page))
