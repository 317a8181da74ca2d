"""One address of each kind of public page; the tests that look at every kind go through these."""

#: Kind of page: the route below /zh/ or /en/. Each answers with 200 in both languages.
ROUTES = {
    "home": "",
    "programme": "programme/",
    "programme page": "programme/kinds-of-base/",
    "milestones": "programme/milestones/",
    "figures": "programme/figures-and-sources/",
    "directory": "bases/",
    "filtered directory": "bases/?kind=offshore&sort=year",
    "base": "bases/yanshan-university/",
    "news": "news/",
    "year": "news/2023/",
    "month": "news/2023/03/",
    "topic": "news/topics/base/",
    "article": "news/yanshan-university-accredited/",
    "not translated": "news/ningbo-offshore-base-approved/",
    "about": "about/",
    "site map": "site-map/",
    "search": "search/?q=%E6%B5%B7%E6%99%BA",
    "search without hits": "search/?q=zzzz",
    "side by side": "news/yanshan-university-accredited/side-by-side/",
    "enquiry form": "enquiry/",
    "enquiry form for a base": "enquiry/?base=yanshan-university",
}
LANGUAGES = ("zh", "en")
