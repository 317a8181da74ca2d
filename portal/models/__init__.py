from .home import HomePage
from .settings import SiteSettings
from .standard import SiteMapPage, StandardPage
from .starter import StarterItem

__all__ = ["HomePage", "SiteMapPage", "SiteSettings", "StandardPage", "StarterItem"]
