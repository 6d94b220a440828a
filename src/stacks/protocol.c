#include "stacks/protocol.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "program/symbols.h"
#include "wire/tcp_state.h"

/* A stack's clock may run for at most three thousand years. */
#define USECS_MAX ((int64_t)100000000000 * USEC_PER_SEC)

bool protocol_word(char **words, char **word)
{
	char *begin = *words + strspn(*words, " "), *end = begin + strcspn(begin, " ");

	*word = begin;
	*words = *end ? end + 1 : end;
	*end = '\0';
	return *begin;
}

bool protocol_number(const char *word, int64_t least, int64_t most, int64_t *number)
{
	char *end;

	if (!isdigit((unsigned char)*word) && *word != '-')
		return false;
	errno = 0;
	*number = strtoll(word, &end, 10);
	return !errno && !*end && end[-1] != '-' && *number >= least && *number <= most;
}

/* ---- what each kind of message has ---- */

struct reading {
	struct message *message;
	char *rest;
};

static bool next_number(struct reading *reading, int64_t least, int64_t most, int64_t *number)
{
	char *word;

	return protocol_word(&reading->rest, &word) && protocol_number(word, least, most, number);
}

static bool read_id(struct reading *reading)
{
	int64_t id;
	bool good = next_number(reading, 1, UINT32_MAX, &id);

	reading->message->id = good ? (unsigned)id : 0;
	return good;
}

static const char *read_hello(struct reading *reading)
{
	reading->message->id = HELLO_ID;
	return next_number(reading, 0, INT32_MAX, &reading->message->number)
	               ? NULL
	               : "the version is missing";
}

static const char *read_refuse(struct reading *reading)
{
	reading->message->id = HELLO_ID;
	return *reading->rest ? NULL : "the reason is missing";
}

static const char *read_packet(struct reading *reading)
{
	if (!next_number(reading, 0, USECS_MAX, &reading->message->number))
		return "the time is missing";
	return reading->message->size ? NULL : "there are no bytes behind the line";
}

/* "7 -1 ECONNRESET", "7 4 192.0.2.1 8080", "7 1000" */
static const char *read_return(struct reading *reading)
{
	struct message *message = reading->message;
	int64_t error;
	char *word;

	if (!read_id(reading))
		return "the call's number is missing";
	if (!next_number(reading, -1, INT32_MAX, &message->number))
		return "the result is missing";
	if (message->number >= 0)
		return NULL;
	if (!protocol_word(&reading->rest, &word) || !symbol_find_in(SYMBOL_ERRNO, word, &error) ||
	    error <= 0)
		return "the name of an errno must stand behind -1";
	message->error = (int)error;
	return NULL;
}

/* "7 FIN_WAIT_2", "7 TIME_WAIT timewait 60000000"; retransmissions and queues may follow */
static const char *read_state(struct reading *reading)
{
	struct tcpclose_state *state = &reading->message->state;
	int64_t numbers[3] = { 0 };
	enum tcp_state name;
	enum tcp_timer timer;
	char *word;

	if (!read_id(reading))
		return "the question's number is missing";
	if (!protocol_word(&reading->rest, &word) || !tcp_state_parse(word, &name))
		return "there is no such state";
	state->state = (int)name;
	if (!protocol_word(&reading->rest, &word))
		return NULL;
	if (!tcp_timer_parse(word, &timer))
		return "there is no such timer";
	state->timer = (int)timer;
	if (!next_number(reading, 0, USECS_MAX, &state->expires))
		return "the time until the timer expires is missing";
	for (size_t i = 0; i < 3 && *reading->rest; i++)
		if (!next_number(reading, 0, UINT32_MAX, &numbers[i]))
			return "a number is wrong";
	state->retransmits = (uint32_t)numbers[0];
	state->receive_queue = (uint32_t)numbers[1];
	state->send_queue = (uint32_t)numbers[2];
	return NULL;
}

static const char *read_time(struct reading *reading)
{
	if (!read_id(reading))
		return "the question's number is missing";
	return next_number(reading, 0, USECS_MAX, &reading->message->number)
	               ? NULL
	               : "the time is missing";
}

static const struct {
	const char *word;
	enum message_kind kind;
	const char *(*read)(struct reading *reading); /* returns what is wrong, or NULL */
} rows[] = {
	/* clang-format off */
	{ "hello",  MESSAGE_HELLO,  read_hello },
	{ "refuse", MESSAGE_REFUSE, read_refuse },
	{ "packet", MESSAGE_PACKET, read_packet },
	{ "return", MESSAGE_RETURN, read_return },
	{ "state",  MESSAGE_STATE,  read_state },
	{ "time",   MESSAGE_TIME,   read_time },
	/* clang-format on */
};

/* ---- a message ---- */

/* The line, without characters that cannot be shown in a message to the user. */
static void show(const char *line, char shown[80])
{
	size_t i = 0;

	for (; i < 79 && line[i]; i++)
		shown[i] = '?';
	shown[i] = '\0';
	for (i = 0; shown[i]; i++)
		if (isprint((unsigned char)line[i]))
			shown[i] = line[i];
}

static bool refuse(const char *shown, const char *why, char *error)
{
	fault_say(FAULT_BROKEN, error, "the stack says '%s': %s", shown, why);
	return false;
}

bool protocol_read(const uint8_t *datagram, size_t size, struct message *message,
                   char error[FAULT_TEXT])
{
	const uint8_t *newline = memchr(datagram, '\n', size);
	size_t length = newline ? (size_t)(newline - datagram) : size;
	char line[PROTOCOL_LINE], shown[80], *word;
	struct reading reading = { message, line };

	memset(message, 0, sizeof(*message));
	snprintf(line, sizeof(line), "%.*s", (int)(length < sizeof(line) ? length : sizeof(line)),
	         (const char *)datagram);
	show(line, shown);
	if (length >= sizeof(line) || strlen(line) != length)
		return refuse(shown, "this is not a line", error);
	message->bytes = newline ? newline + 1 : datagram + size;
	message->size = (size_t)(datagram + size - message->bytes);
	protocol_word(&reading.rest, &word);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *why;

		if (strcmp(rows[i].word, word))
			continue;
		message->kind = rows[i].kind;
		why = rows[i].read(&reading);
		snprintf(message->words, sizeof(message->words), "%s", reading.rest);
		return !why || refuse(shown, why, error);
	}
	return refuse(shown, "no message begins like this", error);
}
