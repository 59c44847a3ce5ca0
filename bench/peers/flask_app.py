"""Flask, with the session and the database of its tutorial. PEER_FOLDER is where the database lies, PEER_USER a user."""

import json
import os
import sqlite3

from flask import Flask, abort, g, jsonify, session

user = json.loads(os.environ["PEER_USER"])
path = os.path.join(os.environ["PEER_FOLDER"], "flask.db")

app = Flask(__name__)
app.config["SECRET_KEY"] = "a secret of the bench, which nobody needs to know"


def prepare():
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute(
            "CREATE TABLE users (id TEXT PRIMARY KEY, username TEXT NOT NULL UNIQUE,"
            " displayName TEXT, email TEXT, createdAt TEXT NOT NULL)"
        )
        db.execute("INSERT INTO users VALUES (:id, :username, :displayName, :email, :createdAt)", user)


def get_db():
    if "db" not in g:
        g.db = sqlite3.connect(path)
        g.db.row_factory = sqlite3.Row
    return g.db


@app.teardown_appcontext
def close_db(_error):
    db = g.pop("db", None)
    if db is not None:
        db.close()


@app.before_request
def load_logged_in_user():
    user_id = session.get("user_id")
    g.user = user_id and get_db().execute("SELECT * FROM users WHERE id = ?", (user_id,)).fetchone()


@app.post("/login")
def login():
    session["user_id"] = user["id"]
    return jsonify(user)


@app.get("/me")
def me():
    if not g.user:
        abort(401)
    return jsonify(dict(g.user))
