/*
 * A world whose questions are answered in one place, as the rows of question.h: what a recorder and
 * a replay have in common.
 */
#ifndef TCPCLOSE_HOST_ASKED_H
#define TCPCLOSE_HOST_ASKED_H

#include "host/question.h"

struct asked_host {
	struct host host;
	struct wire_ops wire;
	struct call_ops calls;
	struct look_ops look;

	/* Fills in question->answer. False: there is none, and host.error says why. */
	bool (*answer)(struct asked_host *asked, struct question *question);
};

/* Sets the tables, and all entries that are questions. */
void asked_open(struct asked_host *asked,
                bool (*answer)(struct asked_host *asked, struct question *question));

/* Takes out what `inner` has not. */
void asked_like(struct asked_host *asked, const struct host *inner);

#endif
