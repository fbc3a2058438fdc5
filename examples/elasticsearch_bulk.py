"""Documents of Elasticsearch or OpenSearch learn where they come from.

Run it where ``seeds/`` lies: with the address of a server, whose documents in the index
``articles`` bear the names of those files, or without one, to see what it would be sent.
"""

from __future__ import annotations

import sys

import dedup
from dedup.integrations.bulk import bodies, enrich, mapping


def main(address: str | None) -> None:
    """Send the updates by the client, or print them."""
    actions = enrich(dedup.scan("seeds"), "articles")
    if address is None:
        for body in bodies(actions):
            print(body.decode(), end="")
        return
    from elasticsearch import Elasticsearch, helpers

    with Elasticsearch(address) as client:
        client.indices.put_mapping(index="articles", properties=mapping())
        updated, refused = helpers.bulk(client, actions, raise_on_error=False)
    print(f"{updated} updated")
    for fault in refused if isinstance(refused, list) else []:
        print(fault["update"]["_id"], fault["update"]["error"]["reason"])


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
