"""allauth's views where the portal's differ, and the frame that all pages of accounts share."""

from functools import wraps

from allauth.account.internal.stagekit import unstash_login
from allauth.account.views import LoginView, PasswordChangeView
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from csp.decorators import csp
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST
from django.views.generic.edit import FormView

from accounts.clients import describe
from accounts.door import admin_answers, below_admin
from accounts.steps import may_enter_admin
from core.languages import language_of_browser


def account_page(view):
    """Answer in the person's language, before sign-in in the browser's; under the public pages' strict policy; kept nowhere."""

    @wraps(view)
    def in_own_language(request, *args, **kwargs):
        user = request.user
        # The page is rendered after the view, so the language stays active; the next request sets its own.
        translation.activate(user.preferred_language if user.is_authenticated else language_of_browser(request).code)
        request.LANGUAGE_CODE = translation.get_language()
        response = view(request, *args, **kwargs)
        response.headers["Content-Language"] = request.LANGUAGE_CODE
        add_never_cache_headers(response)
        return response

    return csp(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])(in_own_language)


def typed_name(request) -> str:
    return request.POST.get("login", "").strip()


def name_of_pending(request) -> str:
    """Return whose password was right and whose second factor is awaited."""
    login = unstash_login(request, peek=True)
    return login.user.get_username() if login and login.user else ""


def own_name(request) -> str:
    return request.user.get_username()


class SignInView(LoginView):
    def dispatch(self, request, *args, **kwargs):
        """Tell those who are signed in and were sent here again that it is their rights that are missing."""
        url = self.get_next_url()
        if request.user.is_authenticated and url and not (below_admin(url) and may_enter_admin(request.user)):
            return render(request, "account/no_access.html", {"next": url}, status=403)
        return super().dispatch(request, *args, **kwargs)


class OwnPasswordView(PasswordChangeView):
    success_url = reverse_lazy("wagtailadmin_home")

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_usable_password():
            raise Http404("This account has no password: an administrator sets one.")
        return super().dispatch(request, *args, **kwargs)

    def get_default_success_url(self):
        return reverse("wagtailadmin_home") if may_enter_admin(self.request.user) else "/"


class ProveByPasskeyView(ReauthenticateWebAuthnView):
    def form_invalid(self, form):
        return FormView.form_invalid(self, form)


class OwnSessionsView(ListUserSessionsView):
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for session in context["sessions"]:
            session.client = describe(session.user_agent)
        return context


@cache_control(no_store=True)
def readers_door(request):
    """Lead readers of private pages to the one sign-in, where it stands on their host and for their network."""
    if not admin_answers(request):
        raise Http404
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(reverse("account_login") + (f"?{query}" if query else ""))


@login_required
@require_POST
def end_session(request, pk):
    """Sign out one of one's own sessions."""
    end_sessions(request, [get_object_or_404(UserSession, pk=pk, user=request.user)])
    return HttpResponseRedirect(reverse("usersessions_list"))
