"""The mirror holds the pictures that its pages show, and nothing else below their folder."""

from delivery.mirror.pictures import link_picture, pictures_in


def test_a_name_of_a_picture_does_not_begin_with_a_dot():
    body = b'"/media/images/x.jpg" "/media/images/." "/media/images/.." "/media/images/.hidden" "/media/images/-a..png"'
    assert pictures_in(body) == {"media/images/x.jpg", "media/images/-a..png"}


def test_what_is_no_file_is_left_out(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    (settings.MEDIA_ROOT / "images" / "folder").mkdir(parents=True)
    for name in ("folder", "absent.jpg"):
        assert link_picture(f"media/images/{name}", tmp_path / "target" / name) is None
    assert not (tmp_path / "target").exists()
