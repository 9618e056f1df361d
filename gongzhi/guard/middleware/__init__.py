"""Gives a device that a door asked about its cookie."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gongzhi.guard.queries import give_cookies


def device(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        give_cookies(request, response)
        return response

    return answer
