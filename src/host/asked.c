#include "host/asked.h"

#include <stdlib.h>

static bool ask(struct host *host, struct question *question)
{
	struct asked_host *asked = (struct asked_host *)host;

	return asked->answer(asked, question);
}

/* ---- the wire ---- */

static bool ask_inject(struct host *host, const struct segment *segment, usec_t *at)
{
	struct question question = { .kind = QUESTION_INJECT, .segment = segment };
	bool good = ask(host, &question);

	*at = question.answer.at;
	return good;
}

static bool ask_link(struct host *host, bool up)
{
	struct question question = { .kind = QUESTION_LINK, .number = up };

	return ask(host, &question);
}

/* ---- processes ---- */

static bool ask_fork(struct host *host, unsigned *process)
{
	struct question question = { .kind = QUESTION_FORK };
	bool good = ask(host, &question);

	*process = (unsigned)question.answer.value;
	return good;
}

static bool ask_spawn(struct host *host, const char *text, unsigned *process)
{
	struct question question = { .kind = QUESTION_SPAWN, .text = text };
	bool good = ask(host, &question);

	*process = (unsigned)question.answer.value;
	return good;
}

static bool ask_kill(struct host *host, unsigned process, int number)
{
	struct question question = { .kind = QUESTION_KILL, .process = process, .number = number };

	return ask(host, &question);
}

static bool ask_ended(struct host *host, unsigned process, int *status)
{
	struct question question = { .kind = QUESTION_ENDED, .process = process };

	*status = ask(host, &question) ? atoi(question.answer.text) : -1;
	return *status >= 0;
}

static int ask_command(struct host *host, const char *text)
{
	struct question question = { .kind = QUESTION_COMMAND, .text = text };

	return ask(host, &question) ? (int)question.answer.value : -1;
}

/* ---- looking ---- */

static bool ask_observe(struct host *host, const struct tcp_tuple *tuple, struct tcp_status *status)
{
	struct question question = { .kind = QUESTION_OBSERVE, .tuple = tuple };
	bool good = ask(host, &question);

	*status = question.answer.status;
	return good;
}

static bool ask_counter(struct host *host, const char *name, uint64_t *value)
{
	struct question question = { .kind = QUESTION_COUNTER, .text = name };
	bool good = ask(host, &question);

	*value = (uint64_t)question.answer.value;
	return good;
}

static bool ask_moved(struct host *host, char *text, size_t size)
{
	struct question question = { .kind = QUESTION_MOVED };
	bool good = ask(host, &question);

	snprintf(text, size, "%s", good ? question.answer.text : "");
	return good;
}

static bool ask_fate(struct host *host, bool sent, unsigned number, char *text, size_t size)
{
	struct question question = {
		.kind = QUESTION_FATE,
		.sent = sent,
		.number = (int)number,
	};
	bool good = ask(host, &question);

	snprintf(text, size, "%s", good ? question.answer.text : "");
	return good;
}

static unsigned ask_signals(struct host *host, int kind)
{
	struct question question = { .kind = QUESTION_SIGNALS, .number = kind };

	return ask(host, &question) ? (unsigned)question.answer.value : 0;
}

static bool ask_sysctl(struct host *host, const char *name, char *value, size_t size)
{
	struct question question = { .kind = QUESTION_SYSCTL, .text = name };
	bool good = ask(host, &question);

	snprintf(value, size, "%s", good ? question.answer.text : "");
	return good;
}

/* ---- opening ---- */

void asked_open(struct asked_host *asked,
                bool (*answer)(struct asked_host *asked, struct question *question))
{
	asked->answer = answer;
	asked->wire = (struct wire_ops){ .inject = ask_inject, .link = ask_link };
	asked->calls = (struct call_ops){
		.fork = ask_fork,
		.spawn = ask_spawn,
		.kill = ask_kill,
		.ended = ask_ended,
		.command = ask_command,
	};
	asked->look = (struct look_ops){
		.observe = ask_observe,
		.counter = ask_counter,
		.moved = ask_moved,
		.fate = ask_fate,
		.signals = ask_signals,
		.sysctl = ask_sysctl,
	};
	asked->host.wire = &asked->wire;
	asked->host.calls = &asked->calls;
	asked->host.look = &asked->look;
}

#define KEEP(table, inner, entry) ((table).entry = (inner)->entry ? (table).entry : NULL)

void asked_like(struct asked_host *asked, const struct host *inner)
{
	KEEP(asked->wire, inner->wire, link);
	KEEP(asked->calls, inner->calls, begin);
	KEEP(asked->calls, inner->calls, fork);
	KEEP(asked->calls, inner->calls, spawn);
	KEEP(asked->calls, inner->calls, kill);
	KEEP(asked->calls, inner->calls, ended);
	KEEP(asked->calls, inner->calls, command);
	if (!inner->look) {
		asked->host.look = NULL;
		return;
	}
	KEEP(asked->look, inner->look, observe);
	KEEP(asked->look, inner->look, counter);
	KEEP(asked->look, inner->look, moved);
	KEEP(asked->look, inner->look, fate);
	KEEP(asked->look, inner->look, signals);
	KEEP(asked->look, inner->look, sysctl);
}
