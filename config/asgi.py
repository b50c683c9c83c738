"""One application for pages and sockets; on one machine it also starts clock and outbox."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_asgi_application()

# Models may be imported only from here on.
from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import OriginValidator  # noqa: E402
from django.conf import settings  # noqa: E402

from consultations.text.words import learn_beside  # noqa: E402
from notifications.routing import sockets  # noqa: E402
from workflows.loop import start_embedded  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": pages,
        "websocket": OriginValidator(AuthMiddlewareStack(URLRouter(sockets)), settings.ORIGINS),
    }
)
if settings.WORDS:
    learn_beside()
if settings.EMBEDDED_WORKER:
    start_embedded()
