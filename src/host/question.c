#include "host/question.h"

#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <string.h>

#include "host/blob.h"

/* ---- arguments ---- */

static void write_segment(FILE *out, const struct question *question)
{
	uint8_t bytes[SEGMENT_BYTES_MAX];

	blob_write(out, bytes, NULL, segment_encode(question->segment, bytes));
}

static void write_tuple(FILE *out, const struct question *question)
{
	const struct tcp_tuple *tuple = question->tuple;
	char local[IP_ADDRESS_TEXT], remote[IP_ADDRESS_TEXT];

	fprintf(out, "%s %u %s %u", ip_address_print(&tuple->local, local), tuple->local_port,
	        ip_address_print(&tuple->remote, remote), tuple->remote_port);
}

/*
 * A name is put in quotation marks when it has something in it that would end the question early,
 * or begin a comment.
 */
static void write_name(FILE *out, const struct question *question)
{
	bool plain = *question->text != '\0';

	for (const char *at = question->text; *at; at++)
		plain &= isalnum((unsigned char)*at) || strchr("_-./:", *at);
	if (plain)
		fputs(question->text, out);
	else
		text_write(out, question->text);
}

static void write_number(FILE *out, const struct question *question)
{
	fprintf(out, "%d", question->number);
}

static void write_counters(FILE *out, const struct question *question)
{
	(void)question;
	fputs("counters", out);
}

static void write_packet(FILE *out, const struct question *question)
{
	fprintf(out, "%s %d", question->sent ? "sent" : "injected", question->number);
}

static void write_command(FILE *out, const struct question *question)
{
	text_write(out, question->text);
}

/*
 * Questions about processes and the device are written as if they were commands or sysctls, with
 * names that no real one has.
 */

__attribute__((format(printf, 2, 3))) static void write_named(FILE *out, const char *format, ...)
{
	char text[QUESTION_ROOM];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	text_write(out, text);
}

static void write_fork(FILE *out, const struct question *question)
{
	(void)question;
	write_named(out, "(fork)");
}

static void write_spawn(FILE *out, const struct question *question)
{
	write_named(out, "(spawn) %s", question->text);
}

static void write_kill(FILE *out, const struct question *question)
{
	write_named(out, "(kill) %u %d", question->process, question->number);
}

static void write_link(FILE *out, const struct question *question)
{
	write_named(out, "(link) %s", question->number ? "up" : "down");
}

static void write_ended(FILE *out, const struct question *question)
{
	write_named(out, "(ended)/%u", question->process);
}

/* ---- asking a world ---- */

static bool put_inject(struct host *host, struct question *question)
{
	return host->wire->inject(host, question->segment, &question->answer.at);
}

static bool put_link(struct host *host, struct question *question)
{
	return host->wire->link(host, question->number);
}

static bool put_fork(struct host *host, struct question *question)
{
	unsigned process = 0;
	bool good = host->calls->fork(host, &process);

	question->answer.value = process;
	return good;
}

static bool put_spawn(struct host *host, struct question *question)
{
	unsigned process = 0;
	bool good = host->calls->spawn(host, question->text, &process);

	question->answer.value = process;
	return good;
}

static bool put_kill(struct host *host, struct question *question)
{
	return host->calls->kill(host, question->process, question->number);
}

/* -1 means "not yet". */
static bool put_ended(struct host *host, struct question *question)
{
	int status;
	bool ended = host->calls->ended(host, question->process, &status);

	snprintf(question->room, sizeof(question->room), "%d", ended ? status : -1);
	question->answer.text = question->room;
	return true;
}

static bool put_command(struct host *host, struct question *question)
{
	question->answer.value = host->calls->command(host, question->text);
	return question->answer.value != -1;
}

static bool put_observe(struct host *host, struct question *question)
{
	return host->look->observe(host, question->tuple, &question->answer.status);
}

/*
 * The value is kept as a signed number, because some counters are negative (Tcp's MaxConn is -1).
 */
static bool put_counter(struct host *host, struct question *question)
{
	uint64_t value = 0;
	bool found = host->look->counter(host, question->text, &value);

	question->answer.value = (int64_t)value;
	return found;
}

static bool put_moved(struct host *host, struct question *question)
{
	question->answer.text = question->room;
	return host->look->moved(host, question->room, sizeof(question->room));
}

static bool put_fate(struct host *host, struct question *question)
{
	question->answer.text = question->room;
	return host->look->fate(host, question->sent, (unsigned)question->number, question->room,
	                        sizeof(question->room));
}

static bool put_signals(struct host *host, struct question *question)
{
	question->answer.value = host->look->signals(host, question->number);
	return true;
}

static bool put_sysctl(struct host *host, struct question *question)
{
	question->answer.text = question->room;
	return host->look->sysctl(host, question->text, question->room, sizeof(question->room));
}

/* ---- rows ---- */

/* All rows with the same word have the same kind of answer, because a line is read by its word. */
#define STATUS "wait status", INT_MIN, INT_MAX
#define COUNT "count", INT64_MIN, INT64_MAX
#define TIMES "count", 0, UINT_MAX
#define NO_NUMBER NULL, 0, 0

static const struct question_row rows[] = {
	/* clang-format off */
	/*                    word       arguments       answer         looks  drained extra  put */
	[QUESTION_INJECT]  = { "inject",  write_segment,  ANSWER_MOMENT, false, false, false, put_inject, NO_NUMBER },
	[QUESTION_LINK]    = { "command", write_link,     ANSWER_NUMBER, false, false, false, put_link, STATUS },
	[QUESTION_FORK]    = { "command", write_fork,     ANSWER_NUMBER, false, false, false, put_fork, STATUS },
	[QUESTION_SPAWN]   = { "command", write_spawn,    ANSWER_NUMBER, false, false, false, put_spawn, STATUS },
	[QUESTION_KILL]    = { "command", write_kill,     ANSWER_NUMBER, false, false, false, put_kill, STATUS },
	[QUESTION_ENDED]   = { "sysctl",  write_ended,    ANSWER_TEXT,   true,  false, false, put_ended, NO_NUMBER },
	[QUESTION_COMMAND] = { "command", write_command,  ANSWER_NUMBER, false, false, false, put_command, STATUS },
	[QUESTION_OBSERVE] = { "observe", write_tuple,    ANSWER_STATUS, true,  false, false, put_observe, NO_NUMBER },
	[QUESTION_COUNTER] = { "counter", write_name,     ANSWER_NUMBER, true,  false, false, put_counter, COUNT },
	[QUESTION_MOVED]   = { "moved",   write_counters, ANSWER_TEXT,   true,  false, true,  put_moved, NO_NUMBER },
	[QUESTION_FATE]    = { "fate",    write_packet,   ANSWER_TEXT,   true,  false, true,  put_fate, NO_NUMBER },
	[QUESTION_SIGNALS] = { "signals", write_number,   ANSWER_NUMBER, true,  true,  false, put_signals, TIMES },
	[QUESTION_SYSCTL]  = { "sysctl",  write_name,     ANSWER_TEXT,   true,  false, false, put_sysctl, NO_NUMBER },
	/* clang-format on */
};
static_assert(sizeof(rows) / sizeof(rows[0]) == QUESTION_KINDS, "a question has no row");

const struct question_row *question_row(enum question_kind kind)
{
	return &rows[kind];
}

const struct question_row *question_of_word(const char *word, size_t length)
{
	for (size_t i = 0; i < QUESTION_KINDS; i++)
		if (strlen(rows[i].word) == length && !strncmp(word, rows[i].word, length))
			return &rows[i];
	return NULL;
}

void question_write(FILE *out, const struct question *question)
{
	fprintf(out, "%s ", rows[question->kind].word);
	rows[question->kind].write(out, question);
}

/* ---- answers ---- */

static void write_status(FILE *out, const struct tcp_status *status)
{
	fprintf(out, "%s %s %" PRId64 " %u %u %u %u %lu", tcp_state_name(status->state),
	        tcp_timer_name(status->timer), status->expires, status->retransmits,
	        status->receive_queue, status->send_queue, status->uid, status->inode);
}

void answer_write(FILE *out, enum answer_kind kind, const struct answer *answer, usec_t start)
{
	fputs(" = ", out);
	switch (kind) {
	case ANSWER_MOMENT:
		fprintf(out, "%" PRId64, answer->at - start);
		break;
	case ANSWER_NUMBER:
		fprintf(out, "%" PRId64, answer->value);
		break;
	case ANSWER_TEXT:
		text_write(out, answer->text);
		break;
	case ANSWER_STATUS:
		write_status(out, &answer->status);
		break;
	}
}

void failed_write(FILE *out, const char *sentence)
{
	fputs(" = failed ", out);
	text_write(out, sentence);
}
