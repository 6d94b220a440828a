/* The verdict on a run, with the evidence for it. Only judge.h makes it. */
#ifndef TCPCLOSE_VERDICT_VERDICT_H
#define TCPCLOSE_VERDICT_VERDICT_H

#include "verdict/evidence.h"

enum verdict_kind {
	VERDICT_NONE, /* not known yet; if this is left, the child died */
	VERDICT_PASS,
	VERDICT_FAIL,
	VERDICT_XFAIL,
	VERDICT_XPASS,
	VERDICT_SKIP,
	VERDICT_INVALID, /* the harness was late or broke: this tells nothing about the kernel */
	VERDICT_ERROR,   /* the script is wrong */
	VERDICT_CHECKED, /* the script is good, and was only checked (--dry_run) */
	VERDICT_KINDS
};

struct verdict {
	enum verdict_kind kind;
	char reason[VERDICT_TEXT];       /* one line, without a position */
	char detail[VERDICT_TEXT];       /* more, or "" */
	struct range where;              /* what the caret points at */
	struct range line;               /* the event of the script that it belongs to */
	const struct evidence *evidence; /* which event, which connection, and everything else */
};

/* "PASS", ... */
const char *verdict_name(enum verdict_kind kind);

/* The event that the verdict is about; NULL when there is none, or it is not kept any more. */
const struct event *verdict_event(const struct verdict *verdict);

#endif
