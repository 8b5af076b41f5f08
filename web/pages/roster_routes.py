"""The addresses of the roster pages. All of them are the bureau's."""

from starlette.routing import Route

from web.entry import get, post
from web.pages import joinings, roster, roster_list
from web.pages.roster import KEEPERS
from web.site import Site
from web.upload import upload

LIST = "/roster/lists/{once}"


def roster_routes(site: Site) -> list[Route]:
    return [
        get(site, "/roster", roster.roster),
        get(site, "/roster/template.xlsx", roster.template),
        get(site, "/roster/roster.xlsx", roster.download),
        get(site, "/roster/people/{number:int}", roster.person),
        post(site, "/roster/people/{number:int}", roster.let_in),
        post(site, "/roster/joinings/{number:int}/admit", joinings.admit),
        post(site, "/roster/joinings/{number:int}/decline", joinings.decline),
        post(site, "/roster/groups/{number:int}/forget", roster.forget),
        upload(site, "/roster/upload", roster_list.take_file, *KEEPERS),
        get(site, LIST, roster_list.show),
        post(site, LIST, roster_list.confirm),
        post(site, f"{LIST}/drop", roster_list.drop),
    ]
