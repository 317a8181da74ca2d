from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.models import WorkflowMixin, WorkflowState

from accounts.choosing import choosable
from accounts.models import User
from accounts.policies import register_policies
from accounts.review_sheet import ReviewSheetView, latest_sheet, sheet_address
from accounts.reviewing import authors_of, refusal
from accounts.rights import RightsView
from accounts.separation import check_separation
from accounts.translating import SubmitTranslationView
from core.report_entries import ReportEntry, who_holds

register_policies()


@hooks.register("before_edit_user")
def leave_superusers_alone(request, user):
    """Keep whoever is no superuser away from the accounts of superusers."""
    if user.is_superuser and not request.user.is_superuser:
        raise PermissionDenied


@hooks.register("before_bulk_action")
def guard_accounts_in_bulk(request, action_type, objects, action):
    """Hold for many accounts at once what the form holds for one: superusers, own account, separation of powers."""
    if action.model is not User:
        return None
    problem = _problem_with(request.user, action_type, objects, action)
    if problem:
        messages.error(request, problem)
        return redirect(action.next_url)
    return None


def _problem_with(editor, action_type, accounts, action) -> str:
    if not editor.is_superuser and any(account.is_superuser for account in accounts):
        return _("Accounts of superusers are looked after on the command line. Nothing was changed.")
    if action_type != "assign_role":
        return ""
    if editor in accounts:
        return _("Another administrator changes your roles. Nothing was changed.")
    role = action.cleaned_form.cleaned_data["role"]
    for account in accounts:
        try:
            check_separation([role, *account.groups.all()])
        except ValidationError as error:
            return f"{account}: {' '.join(error.messages)}"
    return ""


@hooks.register("before_move_page")
def show_no_move_to_who_may_not(request, page, destination):
    """Refuse before the page to confirm a move is shown: it names the page."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


@hooks.register("construct_page_chooser_queryset")
def offer_only_pages_one_may_see(pages, request):
    """Offer in the choosers what is public, and the drafts of those who may work on them."""
    return choosable(pages, request.user)


@hooks.register("construct_page_action_menu")
@hooks.register("construct_snippet_action_menu")
def offer_readers_no_action(menu_items, request, context):
    """Show an auditor no button that saves, submits or publishes."""
    if request.user.is_reading:
        menu_items.clear()


@hooks.register("construct_snippet_action_menu")
def offer_no_publication(menu_items, request, context):
    """Wagtail asks the group's permission here and not the policy, by which nobody publishes but the review."""
    menu_items[:] = [item for item in menu_items if item.name != "action-publish"]


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def say_who_may_not_approve(request, instance):
    """Tell a reviewer why this text is for somebody else to approve."""
    if request.method != "GET" or not isinstance(instance, WorkflowMixin):
        return
    task = instance.current_workflow_task
    if task and task.user_can_access_editor(instance, request.user) and (reason := refusal(instance, request.user)):
        messages.warning(request, reason)


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def say_why_it_was_returned(request, instance):
    """Tell whoever opens a text that a reviewer has returned who did so, and with which remark."""
    if request.method != "GET" or not isinstance(instance, WorkflowMixin):
        return
    state = instance.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    returned = state.current_task_state
    person = returned.finished_by.get_short_name() if returned.finished_by else _("Somebody")
    remarked = _("%(person)s returned this text at “%(step)s”. Remark: %(remark)s")
    told = remarked if returned.comment else _("%(person)s returned this text at “%(step)s”.")
    messages.warning(request, told % {"person": person, "step": returned.task.name, "remark": returned.comment})


@hooks.register("after_edit_page")
@hooks.register("after_edit_snippet")
def say_that_an_edit_is_no_approval(request, instance):
    """Tell a reviewer who changed the text and approved it in one step that the change is saved and the review goes on."""
    approving = "action-workflow-action" in request.POST and isinstance(instance, WorkflowMixin)
    if approving and instance.workflow_in_progress and request.user.pk in authors_of(instance):
        messages.warning(request, _("You changed the text, so somebody else approves it. Your change is saved."))


@hooks.register("register_page_header_buttons")
def sheet_of_a_page(page, user, view_name, next_url=None):
    return _sheet_buttons(page, user)


@hooks.register("register_snippet_listing_buttons")
def sheet_of_a_record(snippet, user, next_url=None):
    return _sheet_buttons(snippet, user) if isinstance(snippet, WorkflowMixin) else []


def _sheet_buttons(obj, user) -> list[Button]:
    return [Button(ReviewSheetView.page_title, sheet_address(obj), icon_name="tasks", priority=66)]


@hooks.register("register_admin_urls")
def sheet_urls():
    return [
        path("reviews/<int:workflow_state_id>/", ReviewSheetView.as_view(), name="review_sheet"),
        path("reviews/latest/<str:app_label>/<str:model_name>/<int:pk>/", latest_sheet, name="latest_review_sheet"),
    ]


@hooks.register("construct_admin_api", order=100)
def narrow_the_admins_api(router):
    """Let the API of the admin's menus show what one may see, and change nothing."""
    from accounts.admin_api import register_endpoints

    register_endpoints(router)


@hooks.register("register_admin_urls", order=-1)  # before the address of the same path of wagtail.contrib.simple_translation
def translation_url():
    return [path("translation/submit/page/<int:page_id>/", SubmitTranslationView.as_view(), name="translate_page")]


@hooks.register("register_admin_urls")
def rights_url():
    return [path("reports/rights/", RightsView.as_view(), name=RightsView.index_url_name)]


@hooks.register("register_reports_menu_item")
def rights_entry():
    return ReportEntry(RightsView, who_holds(RightsView.permission_required), order=920)


@hooks.register("register_account_menu_item")
def second_factor(request):
    return {
        "url": reverse("mfa_index"),
        "label": _("Second factor"),
        "help_text": _("The authenticator app, passkeys and recovery codes that you sign in with."),
    }


@hooks.register("register_account_menu_item")
def sessions(request):
    return {
        "url": reverse("usersessions_list"),
        "label": _("Where you are signed in"),
        "help_text": _("Your sessions, each with browser and address. You can end any of them."),
    }


@hooks.register("register_account_menu_item")
def password(request):
    return {
        "url": reverse("account_change_password"),
        "label": _("Password"),
        "help_text": _("Choose another password. All your other sessions end."),
    }
