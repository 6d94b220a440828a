/*
 * Each row of the table is a script: a recipe, lines that lead from there to a state, and an end
 * that the author can change. '@' stands for the descriptor of the connection. The lines are laid
 * out as in any script.
 */
#include "author/start.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/save.h"
#include "base/source.h"
#include "base/suggest.h"
#include "script/layout.h"

/* ---- on the way to a state ---- */

static const char to_syn_sent[] = "+0    socket(..., SOCK_STREAM, IPPROTO_TCP) = @\n"
				  "+0    fcntl(@, F_SETFL, O_RDWR|O_NONBLOCK) = 0\n"
				  "+0    connect(@, ..., ...) = -1 EINPROGRESS\n"
				  "+0    > S 0:0(0) <...>\n"
				  "+0    state(@) = SYN_SENT, timer retransmit\n";

static const char to_syn_received[] = "+0    socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
				      "+0    bind(3, ..., ...) = 0\n"
				      "+0    listen(3, 1) = 0\n"
				      "+0    < S 0:0(0) win 32792 <mss 1000>\n"
				      "+0    > S. 0:0(0) ack 1 <...>\n"
				      "+0    state = SYN_RECV\n";

static const char to_fin_wait_1[] = "+.1   close(@) = 0\n"
				    "+0    > F. 1:1(0) ack 1\n"
				    "+0    state = FIN_WAIT_1, timer retransmit\n";

static const char to_fin_wait_2[] = "+.1   shutdown(@, SHUT_WR) = 0\n"
				    "+0    > F. 1:1(0) ack 1\n"
				    "+.01  < . 1:1(0) ack 2 win 257\n"
				    "+0    state(@) = FIN_WAIT_2, timer none\n";

static const char to_closing[] = "+.1   close(@) = 0\n"
				 "+0    > F. 1:1(0) ack 1\n"
				 "+.01  < F. 1:1(0) ack 1 win 257\n"
				 "+0    > . 2:2(0) ack 2\n"
				 "+0    state = CLOSING, timer retransmit\n";

static const char to_time_wait[] = "+.1   close(@) = 0\n"
				   "+0    > F. 1:1(0) ack 1\n"
				   "+.01  < F. 1:1(0) ack 2 win 257\n"
				   "+0    > . 2:2(0) ack 2\n"
				   "+0    state = TIME_WAIT, timer timewait 60\n";

/* The ACK of a FIN without data may be delayed. */
static const char to_close_wait[] = "+.1   < F. 1:1(0) ack 1 win 257\n"
				    "+0~+.06  > . 1:1(0) ack 2\n"
				    "+0    state(@) = CLOSE_WAIT, timer none\n";

static const char to_last_ack[] = "+.1   < F. 1:1(0) ack 1 win 257\n"
				  "+0~+.06  > . 1:1(0) ack 2\n"
				  "+.1   close(@) = 0\n"
				  "+0    > F. 1:1(0) ack 2\n"
				  "+0    state = LAST_ACK, timer retransmit\n";

/* ---- ends of the scripts ---- */

static const char of_established[] = "+.1   close(@) = 0\n"
				     "+0    > F. 1:1(0) ack 1\n"
				     "+.01  < F. 1:1(0) ack 2 win 257\n"
				     "+0    > . 2:2(0) ack 2\n"
				     "+0    state = TIME_WAIT\n";

static const char of_syn_sent[] = "+.01  < R. 0:0(0) ack 1 win 0\n"
				  "+0    connect(@, ..., ...) = -1 ECONNREFUSED\n"
				  "+0    state(@) = CLOSED\n";

static const char of_syn_received[] = "+.01  < R. 1:1(0) ack 1 win 0\n"
				      "+0    state = CLOSED\n";

static const char of_fin_wait_1[] = "+.01  < . 1:1(0) ack 2 win 257\n"
				    "+0    state = FIN_WAIT_2\n";

static const char of_fin_wait_2[] = "+.1   < F. 1:1(0) ack 2 win 257\n"
				    "+0    > . 2:2(0) ack 2\n"
				    "+0    state = TIME_WAIT\n";

static const char of_fin_wait_2_timestamps[] =
	"+.1   < F. 1:1(0) ack 2 win 257 <nop,nop,TS val 400 ecr 1000>\n"
	"+0    > . 2:2(0) ack 2 <nop,nop,TS val * ecr 400>\n"
	"+0    state = TIME_WAIT\n";

static const char of_closing[] = "+.01  < . 2:2(0) ack 2 win 257\n"
				 "+0    state = TIME_WAIT\n";

static const char of_time_wait[] = "+.6   < F. 1:1(0) ack 2 win 257\n"
				   "+0    > . 2:2(0) ack 2\n"
				   "+0    state = TIME_WAIT\n";

static const char of_close_wait[] = "+.1   close(@) = 0\n"
				    "+0    > F. 1:1(0) ack 2\n"
				    "+.01  < . 2:2(0) ack 2 win 257\n"
				    "+0    state = CLOSED\n";

static const char of_last_ack[] = "+.01  < . 2:2(0) ack 2 win 257\n"
				  "+0    state = CLOSED\n";

/* ---- the scripts ---- */

#define WE_CLOSE "We close first"
#define PEER_CLOSES "The peer closes first"

static const struct skeleton {
	const char *name, *recipe; /* the latter NULL: it has none */
	char descriptor;
	const char *words, *lead, *end;
} skeletons[] = {
	/* clang-format off */
	{ "server", "server.inc", '4', "The peer has connected to us, and we close", "",
	  of_established },
	{ "server-syn-received", NULL, '4', "The peer is about to connect to us", to_syn_received,
	  of_syn_received },
	{ "server-fin-wait-1", "server.inc", '4', WE_CLOSE, to_fin_wait_1, of_fin_wait_1 },
	{ "server-fin-wait-2", "fin-wait-2.inc", '4', WE_CLOSE, "", of_fin_wait_2 },
	{ "server-closing", "server.inc", '4', "Both close at the same time", to_closing, of_closing },
	{ "server-time-wait", "time-wait.inc", '4', WE_CLOSE, "", of_time_wait },
	{ "server-close-wait", "close-wait.inc", '4', PEER_CLOSES, "", of_close_wait },
	{ "server-last-ack", "server.inc", '4', PEER_CLOSES, to_last_ack, of_last_ack },
	{ "server-fin-wait-2-orphan", "fin-wait-2-orphan.inc", '4',
	  "We close first, and keep no descriptor", "", of_fin_wait_2 },
	{ "server-fin-wait-2-timestamps", "fin-wait-2-timestamps.inc", '4',
	  "We close first, and keep no descriptor; there are timestamps", "", of_fin_wait_2_timestamps },
	{ "client", "client.inc", '3', "We have connected to the peer, and close", "",
	  of_established },
	{ "client-syn-sent", NULL, '3', "We are about to connect to the peer", to_syn_sent,
	  of_syn_sent },
	{ "client-fin-wait-1", "client.inc", '3', WE_CLOSE, to_fin_wait_1, of_fin_wait_1 },
	{ "client-fin-wait-2", "client.inc", '3', WE_CLOSE, to_fin_wait_2, of_fin_wait_2 },
	{ "client-closing", "client.inc", '3', "Both close at the same time", to_closing, of_closing },
	{ "client-time-wait", "client.inc", '3', WE_CLOSE, to_time_wait, of_time_wait },
	{ "client-close-wait", "client.inc", '3', PEER_CLOSES, to_close_wait, of_close_wait },
	{ "client-last-ack", "client.inc", '3', PEER_CLOSES, to_last_ack, of_last_ack },
	/* clang-format on */
};

enum { SKELETONS = sizeof(skeletons) / sizeof(*skeletons) };

/* A name without a recipe, which is only that of a state, means the server's. */
static const char *without_role(const struct skeleton *skeleton)
{
	return !strncmp(skeleton->name, "server-", 7) ? skeleton->name + 7 : skeleton->name;
}

static const struct skeleton *find(const char *name)
{
	for (size_t i = 0; i < SKELETONS; i++)
		if (!strcmp(skeletons[i].name, name) || !strcmp(without_role(&skeletons[i]), name))
			return &skeletons[i];
	return NULL;
}

static void print_list(FILE *out)
{
	for (size_t i = 0; i < SKELETONS; i++)
		fprintf(out, "  %-30s%s\n", skeletons[i].name, skeletons[i].words);
}

static void refuse(const char *name, FILE *messages)
{
	struct suggestion near = { .wanted = name };

	for (size_t i = 0; i < SKELETONS; i++) {
		suggest_offer(&near, skeletons[i].name);
		suggest_offer(&near, without_role(&skeletons[i]));
	}
	fprintf(messages, "there is no beginning '%s'", name);
	if (near.best)
		fprintf(messages, "; did you mean %s?", near.best);
	fputs("\nThese are there:\n", messages);
	print_list(messages);
}

/* ---- the text ---- */

static const char *with_descriptor(struct arena *arena, const char *lines, char descriptor)
{
	char *text = arena_strdup(arena, lines);

	for (char *at = text; (at = strchr(at, '@'));)
		*at = descriptor;
	return text;
}

static const char *written(struct arena *arena, const struct skeleton *skeleton)
{
	const struct case_table none = { .row_count = 0 };
	const char *include =
		skeleton->recipe ? arena_printf(arena, "include <%s>\n", skeleton->recipe) : "";
	const char *text =
		arena_printf(arena,
	                     "// %s: say here in a sentence what the kernel has to do.\n%s%s\n"
	                     "// From here on it is yours to change.\n%s",
	                     skeleton->words, include,
	                     with_descriptor(arena, skeleton->lead, skeleton->descriptor),
	                     with_descriptor(arena, skeleton->end, skeleton->descriptor));

	return layout_script(sources_add(sources_new(arena), skeleton->name, text, strlen(text)),
	                     &none, arena);
}

static bool save(const char *path, const char *text, FILE *messages)
{
	bool there = path && strcmp(path, "-") && access(path, F_OK) == 0;

	if (there)
		errno = EEXIST;
	if (!there && save_text(path, text))
		return true;
	save_failed(path, messages);
	return false;
}

bool start_write(const struct start *wanted, FILE *messages)
{
	const struct skeleton *skeleton = find(wanted->name);
	struct arena *arena;
	bool good = false;

	if (!*wanted->name) {
		print_list(stdout);
		return fflush(stdout) == 0;
	}
	if (!skeleton) {
		refuse(wanted->name, messages);
		return false;
	}
	arena = arena_new();
	good = save(wanted->output, written(arena, skeleton), messages);
	arena_free(arena);
	return good;
}
