"""Web push: whom we push to, and what a push service's answer means."""

import pytest

from ringback.ports import HttpResponse, PushGone, PushLater, PushRefused, PushTaken, PushTarget
from ringback.providers.web_push import WebPusher, is_push_address
from tests.workflows.push_company import Browser

SERVICE = WebPusher("ringback@harbor.example")


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://web.push.apple.com/abc",
        "https://db5p.notify.windows.com/w/?token=abc",
        "https://fcm.googleapis.com:443/abc",
    ],
)
def test_the_services_of_the_browsers_makers_are_pushed_to(endpoint: str) -> None:
    assert is_push_address(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/abc",
        "https://127.0.0.1/abc",
        "https://[::1]/abc",
        "https://10.0.0.5/abc",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/abc",
        "https://rex.example/abc",
        "https://fcm.googleapis.com.rex.example/abc",
        "https://rexpush.apple.com/abc",
        "https://fcm.googleapis.com@rex.example/abc",
        "https://olga:drill@fcm.googleapis.com/abc",
        "https://fcm.googleapis.com:8443/abc",
        "https://fcm.googleapis.com\\@rex.example/abc",
        "https://fcm.googleapis.com:port/abc",
        "https://fcm.googleapis.com/" + "a" * 1000,
        "https://fcm.googleapis.com/a b",
        "ftp://fcm.googleapis.com/abc",
        "",
        "abc",
        "https://[",
    ],
)
def test_nothing_else_is_pushed_to(endpoint: str) -> None:
    assert not is_push_address(endpoint)


def test_an_operator_may_trust_one_more_service() -> None:
    assert is_push_address("http://127.0.0.1:9999/up", {"127.0.0.1:9999"})
    assert not is_push_address("http://127.0.0.1:9998/up", {"127.0.0.1:9999"})


def test_only_keys_of_the_right_form_are_taken() -> None:
    good = Browser("phone").target
    assert SERVICE.may_reach(good)

    for p256dh, auth in (
        (good.auth, good.auth),
        (good.p256dh, good.p256dh),
        ("é", good.auth),
        ("", ""),
        ("a" * 300, ""),
    ):
        assert not SERVICE.may_reach(PushTarget(good.endpoint, p256dh, auth))


@pytest.mark.parametrize(
    ("status", "headers", "meaning"),
    [
        (201, {}, PushTaken()),
        (404, {}, PushGone()),
        (410, {}, PushGone()),
        (429, {"retry-after": "17"}, PushLater(17.0)),
        (429, {"retry-after": "Wed, 18 Nov 2026 16:00:00 GMT"}, PushLater(5.0)),
        (503, {}, PushLater(5.0)),
        (413, {}, PushRefused("The push service refused it (answer 413).")),
    ],
)
def test_an_answer_says_whether_to_go_on(status: int, headers: dict[str, str], meaning: object) -> None:
    assert SERVICE.read_pushed(HttpResponse(status, b"", headers)) == meaning


def test_a_push_of_the_longest_notice_fits_what_services_take() -> None:
    keys, phone = SERVICE.make_keys(), Browser("phone")

    request = SERVICE.push_request(phone.target, keys, b'{"body": "' + b"x" * 1500 + b'"}', "topic")

    assert len(request.body) < 4096
    assert phone.read(request.body) == {"body": "x" * 1500}
