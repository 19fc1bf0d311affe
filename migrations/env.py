"""Runs the migrations on the connection the program gives, or prints them for another database."""

from alembic import context

from competition_app.store.models import Table

connection = context.config.attributes.get("connection")
if connection is None:
    context.configure(
        dialect_name=context.config.get_main_option("dialect"),
        target_metadata=Table.metadata,
        literal_binds=True,
    )
else:
    context.configure(
        connection=connection, target_metadata=Table.metadata, transactional_ddl=True, render_as_batch=True
    )
with context.begin_transaction():
    context.run_migrations()
