"""What reaches a phone: the installable app, its service worker, push, and answers from lock screens."""

from starlette.routing import BaseRoute, Route

from ringback.web.notices import choosing, devices, installing, seen
from ringback.web.pages.roles import Role
from ringback.web.pages.visits import page_route

ROUTES: list[BaseRoute] = [
    Route("/manifest.webmanifest", installing.show_manifest, methods=["GET"]),
    Route("/sw.js", installing.show_worker, methods=["GET"]),
    Route("/offline", installing.show_offline, methods=["GET"]),
    Route("/notices/seen", seen.note, methods=["POST"]),
    page_route("/me/notices", choosing.show_choice),
    page_route("/me/notices", choosing.save_choice, "POST"),
    page_route("/me/notices/rules", choosing.save_rules, "POST", Role.OWNER),
    page_route("/me/notices/devices", devices.add_device, "POST"),
    page_route("/me/notices/devices/{subscription_id}/removal", devices.remove_device, "POST"),
    page_route("/me/notices/test", devices.send_test, "POST"),
]
