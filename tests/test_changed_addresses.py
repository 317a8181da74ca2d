"""Old addresses of bases, and what may not be taken down alone."""

import pytest
from django.urls import reverse

from bases.models import Base, BaseCategory
from news.models import NewsIndexPage

pytestmark = pytest.mark.django_db


def rename(base: Base, slug: str) -> None:
    base.slug = slug
    base.publish_saved()


@pytest.mark.parametrize("prefix", ["zh", "en"])
def test_a_renamed_base_is_found_at_its_old_address(client, prefix):
    rename(Base.objects.get(slug="yanshan-university"), "ysu")
    response = client.get(f"/{prefix}/bases/yanshan-university/")
    assert (response.status_code, response.url) == (301, f"/{prefix}/bases/ysu/")
    assert client.get(response.url).status_code == 200


def test_a_base_that_takes_its_old_slug_back_is_not_redirected_in_a_circle(client):
    base = Base.objects.get(slug="yanshan-university")
    rename(base, "ysu")
    rename(base, "yanshan-university")
    assert client.get("/zh/bases/yanshan-university/").status_code == 200
    assert client.get("/zh/bases/ysu/").url == "/zh/bases/yanshan-university/"


def test_a_list_with_public_pages_below_is_not_taken_down_alone(admin_client, client):
    index = NewsIndexPage.objects.get(locale__language_code="en")
    address = reverse("wagtailadmin_pages:unpublish", args=[index.pk])
    admin_client.post(address)
    index.refresh_from_db()
    assert index.live
    admin_client.post(address, {"include_descendants": "on"})
    index.refresh_from_db()
    assert not index.live
    assert client.get("/zh/news/yanshan-university-accredited/").status_code == 200
    assert "lang=" in client.get("/en/news/yanshan-university-accredited/").content.decode()
    assert not index.get_descendants().live().exists()


def test_a_kind_that_public_bases_are_of_is_not_taken_down(admin_client):
    category = BaseCategory.objects.get(slug="working")
    admin_client.post(reverse(category.snippet_viewset.get_url_name("unpublish"), args=[category.pk]))
    category.refresh_from_db()
    assert category.live


@pytest.mark.parametrize("prefix", ["zh-CN", "zh-Hans", "ZH-CN"])
def test_the_long_prefixes_are_known_in_any_case(client, prefix):
    response = client.get(f"/{prefix}/bases/?kind=offshore")
    assert (response.status_code, response.url) == (301, "/zh/bases/?kind=offshore")
