#include "program/packet_parts.h"

#include <inttypes.h>

#include "program/compile_value.h"

void packet_name_field(struct packet_build *build, enum packet_field field, struct range where)
{
	build->where[field] = where;
	build->want->check |= BIT(field);
}

/* 1:1001(1000): the numbers must fit each other, unless the length is open. */
bool packet_span(struct compiling *c, const struct expr *sequence, const struct expr *length,
                 int64_t bytes, int64_t *first)
{
	int64_t end = 0;

	if (!compile_number(c, sequence->left, "the sequence number", 0, UINT32_MAX, first) ||
	    !compile_number(c, sequence->right, "the sequence number", 0, UINT32_MAX, &end))
		return false;
	uint32_t reached = (uint32_t)(*first + bytes);
	if (length->kind != EXPR_NUMBER || reached == (uint32_t)end)
		return true;
	diag_error(c->diag, (struct range){ sequence->where.begin, length->where.end + 1 },
	           "a segment from %" PRId64 " with %" PRId64 " bytes ends at %" PRIu32
	           ", not at %" PRId64,
	           *first, bytes, reached, end);
	diag_hint(c->diag, "SYN and FIN are not counted here");
	return false;
}
