"""Django, with its own accounts and its sessions in the database. PEER_FOLDER is where that lies, PEER_USER a user."""

import json
import os

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

shown = json.loads(os.environ["PEER_USER"])

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.path.join(os.environ["PEER_FOLDER"], "django.db"),
            "CONN_MAX_AGE": None,
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    ROOT_URLCONF=__name__,
    SECRET_KEY="a secret of the bench, which nobody needs to know",
    USE_TZ=True,
)
django.setup()

from django.contrib.auth import login as begin_session  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402


def prepare():
    call_command("migrate", verbosity=0)
    User.objects.create_user(shown["username"])
    connections.close_all()


@csrf_exempt
def login(request):
    begin_session(request, User.objects.get(username=shown["username"]))
    return HttpResponse()


def me(request):
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    user = request.user
    return JsonResponse(
        {
            "id": str(user.pk),
            "username": user.username,
            "displayName": user.first_name or None,
            "email": user.email or None,
            "createdAt": user.date_joined.isoformat(),
        }
    )


urlpatterns = [path("login", login), path("me", me)]
application = get_wsgi_application()
