/*
 * A world that has all its questions (see question.h) answered by one function. The recorder and
 * the replay are made this way.
 */
#ifndef TCPCLOSE_HOST_ASKED_H
#define TCPCLOSE_HOST_ASKED_H

#include "host/question.h"

struct asked_host {
	struct host host;
	struct wire_ops wire;
	struct call_ops calls;
	struct look_ops look;

	/*
	 * Fills in question->answer. Returns false when there is no answer; then host.error says
	 * why.
	 */
	bool (*answer)(struct asked_host *asked, struct question *question);
};

/* Sets the tables, with all entries that are questions. */
void asked_open(struct asked_host *asked,
                bool (*answer)(struct asked_host *asked, struct question *question));

/* Sets the entries to NULL that are NULL in `inner`. */
void asked_like(struct asked_host *asked, const struct host *inner);

#endif
