#include "script/reserved.h"

#include <stddef.h>
#include <string.h>

static const struct reserved_word rows[] = {
	/* clang-format off */
	{ "udp",   RESERVED_PROTOCOL, LAYER_KINDS },
	{ "icmp",  RESERVED_PROTOCOL, LAYER_KINDS },
	{ "raw",   RESERVED_PROTOCOL, LAYER_KINDS },
	{ "or",    RESERVED_OR,       LAYER_KINDS },
	{ "ipv4",  RESERVED_LAYER,    LAYER_IP },
	{ "ipv6",  RESERVED_LAYER,    LAYER_IP },
	{ "gre",   RESERVED_LAYER,    LAYER_GRE },
	{ "GREv0", RESERVED_LAYER,    LAYER_GRE },
	{ "mpls",  RESERVED_LAYER,    LAYER_MPLS },
	/* clang-format on */
};

/* This is asked for every word of a script, and most differ in the first letter. */
const struct reserved_word *reserved_find(const char *text)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].text[0] == text[0] && !strcmp(rows[i].text, text))
			return &rows[i];
	return NULL;
}
