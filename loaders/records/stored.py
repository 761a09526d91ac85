"""Records that lie in the store beside those of a checked file."""

from sqlalchemy import Connection
from sqlalchemy import text as sql

from analysis.records import Records
from models import RECORDS


def same_records(connection: Connection, upload_id: int, records: Records) -> bool:
    """Whether an upload's stored records are these: a later release may read the same bytes otherwise."""
    for kind, (table, key, told) in ((kind, (each.table, each.key, each.told)) for kind, each in RECORDS.items()):
        names = [*key, *told]
        quoted = ", ".join(f'"{name}"' for name in names)
        query = f"SELECT {quoted} FROM {table.__tablename__} WHERE upload_id = :id"  # noqa: S608 (our own names)
        stored = {tuple(map(str, row)) for row in connection.execute(sql(query), {"id": upload_id})}
        frame = records.get(kind)
        ours = set() if frame is None else {tuple(map(str, row)) for row in frame.select(names).iter_rows()}
        if stored != ours:
            return False
    return True


def overtaking_records(connection: Connection, records: Records, seen: dict[str, int]) -> set[str]:
    """Files published or withdrawn after the version `seen` that hold a key of these records (upload `id`)."""
    found: set[str] = set()
    for kind in records:
        table = RECORDS[kind].table.__tablename__
        same = " AND ".join(f'ours."{name}" = theirs."{name}"' for name in RECORDS[kind].key)
        query = f"""
            SELECT DISTINCT u.file FROM publication p JOIN upload u ON u.id = p.upload_id
            JOIN {table} theirs ON theirs.upload_id = p.upload_id
            JOIN {table} ours ON ours.upload_id = :id AND {same}
            WHERE p.id > :seen AND p.upload_id <> :id
        """  # noqa: S608 (our own names)
        found |= set(connection.execute(sql(query), seen).scalars())
    return found
