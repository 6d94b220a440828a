/* What the headers of a packet have in common while they are compiled. */
#ifndef TCPCLOSE_PROGRAM_PACKET_PARTS_H
#define TCPCLOSE_PROGRAM_PACKET_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "program/compiling.h"
#include "script/ast.h"

#define BIT(field) (1u << (field))

/* What is gathered about a packet, before it is copied into as much memory as it needs. */
struct packet_build {
	struct packet_want *want;
	struct range where[PACKET_FIELDS]; /* the places of its fields; {0,0}: not written */
	struct tcp_option_bytes options;
};

/* The field is written at `where`, and is compared. */
void packet_name_field(struct packet_build *build, enum packet_field field, struct range where);

/* FIRST:END and LENGTH, which must fit each other. FIRST goes to *first. */
bool packet_span(struct compiling *c, const struct expr *sequence, const struct expr *length,
                 int64_t bytes, int64_t *first);

#endif
