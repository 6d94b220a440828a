/* What the headers of a packet have in common while they are compiled. */
#ifndef TCPCLOSE_PROGRAM_PACKET_PARTS_H
#define TCPCLOSE_PROGRAM_PACKET_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "program/compiling.h"
#include "script/ast.h"

#define BIT(field) (1u << (field))

/* What is gathered of one packet, before it is packed into as much memory as it takes. */
struct packet_build {
	struct packet_want *want;
	struct range where[PACKET_FIELDS]; /* the words of its fields; {0,0}: not written */
	struct tcp_option_bytes options;
};

/* The field is compared, and is written there. */
void packet_name_field(struct packet_build *build, enum packet_field field, struct range where);

/* FIRST:END and LENGTH, which have to fit each other; FIRST to *first. */
bool packet_span(struct compiling *c, const struct expr *sequence, const struct expr *length,
                 int64_t bytes, int64_t *first);

#endif
