"""Who works here and how they come in: sign-in, invitations, roles, sessions, shared desks."""

from starlette.routing import BaseRoute

from ringback.web.pages.roles import Role
from ringback.web.pages.visits import Endpoint, PageRoute, page_route
from ringback.web.people import (
    desks,
    inviting,
    joining,
    me,
    passkeys,
    proof,
    resetting,
    shared_desk,
    staffing,
    switching,
)
from ringback.web.people.public import public_route


def _own(path: str, endpoint: Endpoint) -> PageRoute:
    """What people change about themselves, viewers too."""
    return page_route(path, endpoint, "POST", Role.VIEWER)


def _owners(path: str, endpoint: Endpoint, method: str = "POST") -> PageRoute:
    return page_route(path, endpoint, method, Role.OWNER)


ROUTES: list[BaseRoute] = [
    public_route("/sign-in/passkey/challenge", passkeys.ask_to_sign_in, "POST"),
    public_route("/sign-in/passkey", passkeys.sign_in, "POST"),
    public_route("/sign-in/help", resetting.show_help),
    public_route("/sign-in/help", resetting.send_link, "POST"),
    public_route("/sign-in/reset", resetting.show_reset),
    public_route("/sign-in/reset", resetting.reset, "POST"),
    public_route("/invitation", joining.show_invitation),
    public_route("/invitation", joining.accept_invitation, "POST"),
    public_route("/desk", shared_desk.show_desk),
    public_route("/desk", shared_desk.switch_person, "POST"),
    public_route("/desk/lock", shared_desk.lock, "POST"),
    page_route("/me", me.show_me),
    _own("/me", me.change_profile),
    page_route("/me/proof", proof.show_proof),
    _own("/me/proof", proof.prove),
    _own("/me/password", me.change_password),
    _own("/me/pin", me.set_pin),
    _own("/me/pin/removal", me.remove_pin),
    _own("/me/passkeys/challenge", passkeys.ask_to_add),
    _own("/me/passkeys", passkeys.add),
    _own("/me/passkeys/{passkey_id}/removal", passkeys.remove),
    _own("/me/sessions/end", me.end_other_sessions),
    _own("/me/sessions/{session_id}/end", me.end_session),
    page_route("/session/business", switching.show_businesses),
    _own("/session/business", switching.switch_business),
    _own("/session/presence", me.note_presence),
    _owners("/people", staffing.show_people, "GET"),
    _owners("/people/invitations", inviting.invite_person),
    _owners("/people/invitations/{invitation_id}/end", staffing.take_back_invitation),
    _owners("/people/{person_id}/role", staffing.change_role),
    _owners("/people/{person_id}/removal", staffing.remove_person),
    _owners("/people/{person_id}/reset", staffing.make_reset_link),
    _owners("/people/desks", desks.share_device),
    _owners("/people/desks/{desk_id}/minutes", desks.set_minutes),
    _owners("/people/desks/{desk_id}/end", desks.end_desk),
]
