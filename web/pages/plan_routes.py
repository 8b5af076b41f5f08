"""The addresses of the plan pages: from the list over a draft's pages to the report. All of them are the bureau's."""

from starlette.routing import Route

from web.entry import get, post
from web.pages import plan_draft, plan_duty, plan_preview, plan_units, plans
from web.pages.plans import ROLES
from web.site import Site
from web.upload import upload

DRAFT = "/plans/drafts/{number:int}"


def plan_routes(site: Site) -> list[Route]:
    return [
        get(site, "/plans", plans.plan_list),
        upload(site, "/plans/upload", plans.take_file, *ROLES),
        post(site, "/plans/shipped", plans.take_shipped),
        post(site, "/plans/switch", plans.switch),
        get(site, DRAFT, plan_draft.draft),
        post(site, f"{DRAFT}/head", plan_draft.head),
        post(site, f"{DRAFT}/seen", plan_draft.seen),
        post(site, f"{DRAFT}/delete", plan_draft.delete),
        get(site, f"{DRAFT}/plan.yaml", plan_draft.download),
        post(site, f"{DRAFT}/duty", plan_duty.change, wide=True),
        post(site, f"{DRAFT}/keep", plan_duty.keep),
        post(site, f"{DRAFT}/add", plan_duty.add),
        get(site, f"{DRAFT}/units", plan_units.units),
        post(site, f"{DRAFT}/units", plan_units.choose, wide=True),
        get(site, f"{DRAFT}/preview", plan_preview.preview),
        post(site, f"{DRAFT}/on", plan_preview.switch_on),
        get(site, f"{DRAFT}/report", plan_preview.report),
    ]
