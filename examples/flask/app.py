# The program about sessions of Flask's quickstart, without a session, a login and a secret of its own. The header is true
# only if nothing but Coatcheck's gate, or your reverse proxy, reaches this port.
import os

from flask import Flask, request
from markupsafe import escape

app = Flask(__name__)


@app.route('/')
def index():
    if 'Remote-User' in request.headers:
        name = escape(request.headers['Remote-User'])
        return 'Logged in as %s. <a href="/auth/goodbye">Log out</a>' % name
    # Strangers come here with IN_FRONT_OF_ACCESS=everyone only.
    return 'You are not logged in. <a href="/auth/login?next=/">Log in</a>'


app.run(host='localhost', port=int(os.environ.get('PORT', 8080)))
