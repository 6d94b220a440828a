/*
 * Theory: what the engine asks is matched by order, what comes by itself (packets, finished calls)
 * by time. A question takes the next line that is a question, which must be the same one; where
 * they differ the replay has diverged, and every later answer is the same error. What only looks
 * may be asked again: it finds the same. A wait finds the next thing that came by itself when its
 * time ("seen", if that is there) is not after the deadline, and no unasked question and no later
 * "now" stands before it; else it reaches its deadline. So a packet deleted from a recording is a
 * packet that the kernel did not send.
 *
 * The clock stands at the last answer, or at the last deadline reached; now() gives that, or takes
 * the "now" that is next. It never runs back. "now" is no question: the engine need not ask it, and
 * may ask more often.
 *
 * An engine that puts a question later than it was recorded (a packet was made late by hand, or
 * the engine now waits longer) finds all that follows later by as much (`slip`).
 */
#include "host/host_replay.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "host/recorded_world.h"
#include "host/recording.h"

/* Beyond any time of a recording; a deadline after it is none. */
#define LATEST (10 * RECORDING_TIME_MAX)

enum { SHOWN = 92 }; /* bytes of a question in an error */

struct pending_call {
	struct pending_call *next;
	struct host_call *call;
	unsigned id;
};

struct replay_host {
	struct host host;
	struct arena *arena;
	struct recording recording;
	struct line *next;     /* the first that is not played; NULL at the end */
	struct line *question; /* no unplayed question is before this line */
	struct line *answered; /* the question answered last, or NULL */
	usec_t clock, slip;
	unsigned asked_now; /* times the clock was asked since the last line */
	bool diverged;
	struct pending_call *calls;
	FILE *asked_file; /* writes `asked` */
	char *asked;      /* what the engine asks, as a recording has it */
	size_t asked_size;
	uint8_t packet[RECORDING_PACKET_MAX];
};

static struct replay_host *replay_of(struct host *host)
{
	return (struct replay_host *)host;
}

/* ---- time ---- */

static usec_t time_shift(const struct replay_host *replay, usec_t recorded)
{
	return recorded + replay->slip < LATEST ? recorded + replay->slip : LATEST;
}

static usec_t clock_reach(struct replay_host *replay, usec_t time)
{
	if (time > replay->clock)
		replay->clock = time;
	return replay->clock;
}

/* The time of a question that was recorded to be put at `recorded`. */
static usec_t clock_ask(struct replay_host *replay, usec_t recorded)
{
	if (time_shift(replay, recorded) < replay->clock)
		replay->slip = replay->clock - recorded;
	return clock_reach(replay, time_shift(replay, recorded));
}

static void line_play(struct replay_host *replay, struct line *line)
{
	line->played = true;
	replay->asked_now = 0;
	while (replay->next && replay->next->played)
		replay->next = replay->next->next;
}

static void replay_await_tick(struct host *host)
{
	(void)host;
}

static usec_t replay_now(struct host *host)
{
	struct replay_host *replay = replay_of(host);
	struct line *line = replay->next;

	replay->asked_now++;
	if (line && line->kind == LINE_NOW && replay->asked_now >= line->asked) {
		clock_reach(replay, time_shift(replay, line->at));
		line_play(replay, line);
	}
	return replay->clock;
}

/* ---- divergence ---- */

/* A question for people: a segment as a script writes it, otherwise as it is. */
static const char *question_show(const char *question, char text[SHOWN])
{
	size_t verb = strlen(line_name(LINE_INJECT)) + 1;
	uint8_t bytes[SEGMENT_BYTES_MAX] = { 0 };
	struct segment segment;
	struct blob blob;

	snprintf(text, SHOWN, strlen(question) < SHOWN ? "%s" : "%.88s...", question);
	if (strncmp(question, line_name(LINE_INJECT), verb - 1) || !question[verb - 1] ||
	    !blob_parse(question + verb, &blob) || blob.size > sizeof(bytes))
		return text;
	blob_apply(&blob, bytes);
	if (segment_decode(bytes, blob.size, blob.size, false, &segment) == NULL) {
		memcpy(text, question, verb);
		segment_print(&segment, text + verb, SHOWN - verb);
	}
	return text;
}

/* Where two segments that are printed alike differ. */
static size_t differing_byte(const char *a, const char *b)
{
	size_t digits = strcspn(a, ":") + 1, i = 0;

	while (a[i] && a[i] == b[i])
		i++;
	return i < digits ? 0 : (i - digits) / 2;
}

/* `line` is what should have been asked, NULL: nothing more. */
__attribute__((format(printf, 3, 4))) static void
replay_diverge(struct replay_host *replay, const struct line *line, const char *format, ...)
{
	char engine[FAULT_TEXT], shown[SHOWN];
	va_list args;

	va_start(args, format);
	vsnprintf(engine, sizeof(engine), format, args);
	va_end(args);
	replay->diverged = true;
	if (line && line->question)
		fault_say(FAULT_BROKEN, replay->host.error,
		          "recording line %u: %s, but the engine %.120s", line->number,
		          question_show(line->question, shown), engine);
	else
		fault_say(FAULT_BROKEN, replay->host.error,
		          "recording line %u: the end, but the engine %.120s",
		          replay->recording.last, engine);
}

static void diverge_asked(struct replay_host *replay, const struct line *line)
{
	char asked[SHOWN], recorded[SHOWN];

	question_show(replay->asked, asked);
	if (line && !strcmp(asked, question_show(line->question, recorded)))
		replay_diverge(replay, line, "asks it with another byte %zu",
		               differing_byte(line->question, replay->asked));
	else
		replay_diverge(replay, line, "asks %s", asked);
}

/* ---- questions ---- */

/* Where the question is to be written before question_answer(). */
static FILE *question_begin(struct replay_host *replay)
{
	rewind(replay->asked_file);
	return replay->asked_file;
}

/* What came by itself before the question can still be waited for; the clock was not asked. */
static struct line *question_next(struct replay_host *replay)
{
	struct line *line = replay->question;

	while (line && (line->played || !line->question)) {
		if (line->kind == LINE_NOW && !line->played) {
			clock_reach(replay, time_shift(replay, line->at));
			line_play(replay, line);
		}
		line = line->next;
	}
	replay->question = line;
	return line;
}

static bool is_asked(const struct replay_host *replay, const struct line *line)
{
	return line && !strcmp(line->question, replay->asked);
}

/* The line with the answer. NULL: none or "failed"; host->error has the reason. */
static struct line *question_answer(struct replay_host *replay)
{
	struct line *line;

	putc('\0', replay->asked_file);
	if (replay->diverged)
		return NULL;
	if (fflush(replay->asked_file) == EOF) {
		replay_diverge(replay, NULL, "has no memory left");
		return NULL;
	}
	line = question_next(replay);
	if (is_asked(replay, line)) {
		line_play(replay, line);
		replay->answered = line;
	} else if (is_asked(replay, replay->answered) && line_is_look(replay->answered->kind)) {
		line = replay->answered;
	} else {
		diverge_asked(replay, line);
		return NULL;
	}
	if (!line->failed)
		return line;
	fault_say(FAULT_BROKEN, replay->host.error, "%s", line->text);
	return NULL;
}

static bool replay_inject(struct host *host, const struct segment *segment, usec_t *at)
{
	struct replay_host *replay = replay_of(host);
	const struct line *line;

	question_inject(question_begin(replay), segment);
	line = question_answer(replay);
	if (line)
		*at = clock_ask(replay, line->at);
	return line;
}

static bool replay_observe(struct host *host, const struct tcp_tuple *tuple,
                           struct tcp_status *connection)
{
	struct replay_host *replay = replay_of(host);
	const struct line *line;

	question_observe(question_begin(replay), tuple);
	line = question_answer(replay);
	if (line)
		*connection = line->connection;
	return line;
}

static bool replay_counter(struct host *host, const char *name, uint64_t *value)
{
	struct replay_host *replay = replay_of(host);
	const struct line *line;

	question_named(question_begin(replay), LINE_COUNTER, name);
	line = question_answer(replay);
	if (line)
		*value = (uint64_t)line->value;
	return line;
}

static unsigned replay_signals(struct host *host, int number)
{
	struct replay_host *replay = replay_of(host);
	struct line *line;
	unsigned count;

	question_signals(question_begin(replay), number);
	line = question_answer(replay);
	count = line ? (unsigned)line->value : 0;
	if (line)
		line->value = 0;
	return count;
}

static bool replay_sysctl(struct host *host, const char *name, char *value, size_t size)
{
	struct replay_host *replay = replay_of(host);
	const struct line *line;

	question_named(question_begin(replay), LINE_SYSCTL, name);
	line = question_answer(replay);
	if (line)
		snprintf(value, size, "%s", line->text);
	return line;
}

static int replay_command(struct host *host, const char *text)
{
	struct replay_host *replay = replay_of(host);
	const struct line *line;

	question_command(question_begin(replay), text);
	line = question_answer(replay);
	return line ? (int)line->value : -1;
}

/* ---- processes and the device ---- */

static bool process_ask(struct replay_host *replay, unsigned *value, const char *format, ...)
{
	char text[RECORDING_TEXT];
	const struct line *line;
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	question_command(question_begin(replay), text);
	line = question_answer(replay);
	if (line)
		*value = (unsigned)line->value;
	return line;
}

static bool replay_fork(struct host *host, unsigned *process)
{
	return process_ask(replay_of(host), process, QUESTION_FORK);
}

static bool replay_spawn(struct host *host, const char *text, unsigned *process)
{
	return process_ask(replay_of(host), process, QUESTION_SPAWN, text);
}

static bool replay_kill(struct host *host, unsigned process, int number)
{
	unsigned ignored;

	return process_ask(replay_of(host), &ignored, QUESTION_KILL, process, number);
}

static bool replay_link(struct host *host, bool up)
{
	unsigned ignored;

	return process_ask(replay_of(host), &ignored, QUESTION_LINK, up ? "up" : "down");
}

static bool replay_ended(struct host *host, unsigned process, int *status)
{
	struct replay_host *replay = replay_of(host);
	char name[32];
	const struct line *line;

	snprintf(name, sizeof(name), QUESTION_ENDED, process);
	question_named(question_begin(replay), LINE_SYSCTL, name);
	line = question_answer(replay);
	*status = line ? atoi(line->text) : -1;
	return *status >= 0;
}

/* ---- calls ---- */

/* No error of the kernel's goes with it; the next wait says what is wrong. */
static void call_fail(struct replay_host *replay, struct host_call *call)
{
	call->result = -1;
	call->error = 0;
	call->started = call->ended = replay->clock;
	call->finished = true;
}

static const struct blob *line_output(const struct line *line, size_t index)
{
	const struct line_output *output = line->outputs;

	while (output && output->index != index)
		output = output->next;
	return output ? &output->blob : NULL;
}

/* The memory as it was before the call was made that is in the recording. */
static void outputs_prepare(struct replay_host *replay, const struct host_call *call)
{
	host_call_poison(call);
	for (size_t i = 0; i < call->output_count && replay->recording.version == 1; i++)
		if (call->outputs[i].kind != OUTPUT_GIVEN)
			memset(call->outputs[i].bytes, 0, call->outputs[i].size);
}

/* Version 1 kept of several buffers the first, and other parts of a message. */
static bool is_too_old(const struct replay_host *replay, const struct line *line,
                       const struct host_call *call)
{
	if (replay->recording.version > 1 || line->value < 0)
		return false;
	for (size_t i = 0; i < call->output_count; i++)
		if (call->outputs[i].kind == OUTPUT_EMPTY && !line_output(line, i))
			return true;
	return false;
}

/* Is the memory that the line writes the memory that the call has? */
static bool outputs_fit(struct replay_host *replay, const struct line *line,
                        const struct host_call *call)
{
	if (is_too_old(replay, line, call)) {
		fault_say(FAULT_BROKEN, replay->host.error,
		          "recording line %u: it is of an older version, which did not keep all "
		          "that %s writes: record it anew",
		          line->number, call->name);
		return false;
	}
	for (const struct line_output *output = line->outputs; output; output = output->next) {
		size_t index = output->index,
		       room = index < call->output_count ? call->outputs[index].size : 0;

		if (output->blob.size <= room)
			continue;
		fault_say(FAULT_BROKEN, replay->host.error,
		          "recording line %u: %s changes %zu bytes of memory, but the engine "
		          "has room for %zu",
		          line->number, call->name, output->blob.size, room);
		return false;
	}
	return true;
}

static void call_return(struct replay_host *replay, const struct line *line, struct host_call *call)
{
	if (!outputs_fit(replay, line, call)) {
		replay->diverged = true;
		call_fail(replay, call);
		return;
	}
	outputs_prepare(replay, call);
	for (const struct line_output *output = line->outputs; output; output = output->next)
		blob_apply(&output->blob, call->outputs[output->index].bytes);
	call->result = line->value;
	call->error = line->error;
	call->started = time_shift(replay, line->started);
	call->ended = time_shift(replay, line->ended);
	call->finished = true;
	clock_reach(replay, call->ended);
}

static void replay_call(struct host *host, struct host_call *call)
{
	struct replay_host *replay = replay_of(host);
	const struct line *line;

	question_call(question_begin(replay), LINE_CALL, call);
	line = question_answer(replay);
	if (!line) {
		call_fail(replay, call);
		return;
	}
	clock_ask(replay, line->at);
	call_return(replay, line, call);
}

static bool replay_begin(struct host *host, struct host_call *call)
{
	struct replay_host *replay = replay_of(host);
	struct pending_call *pending;
	const struct line *line;

	question_call(question_begin(replay), LINE_BEGIN, call);
	line = question_answer(replay);
	if (!line)
		return false;
	call->started = clock_ask(replay, line->at);
	call->finished = false;
	if (line->id == 0) {
		call_return(replay, line, call);
		return !replay->diverged;
	}
	pending = arena_alloc(replay->arena, sizeof(*pending));
	*pending = (struct pending_call){ .next = replay->calls, .call = call, .id = line->id };
	replay->calls = pending;
	return true;
}

/* ---- waiting ---- */

static enum host_wake play_packet(struct replay_host *replay, const struct line *line,
                                  struct host_packet *packet)
{
	memset(replay->packet, 0, line->bytes.size);
	blob_apply(&line->bytes, replay->packet);
	*packet = (struct host_packet){
		.at = time_shift(replay, line->at),
		.bytes = replay->packet,
		.captured = line->bytes.size,
		.length = line->wire_length,
	};
	packet->bad = segment_decode(packet->bytes, packet->captured, packet->length, true,
	                             &packet->segment);
	packet->segment.fixed &= ~(unsigned)(FIXED_CHECKSUM | FIXED_IP_CHECKSUM);
	packet->segment.fixed |= line->fixed;
	return HOST_PACKET;
}

static enum host_wake play_finished(struct replay_host *replay, const struct line *line)
{
	struct pending_call **link = &replay->calls;
	struct host_call *call;

	while (*link && (*link)->id != line->id)
		link = &(*link)->next;
	if (!*link) {
		replay->diverged = true;
		fault_say(FAULT_BROKEN, replay->host.error,
		          "recording line %u: no call %u is under way", line->number, line->id);
		return HOST_BROKEN;
	}
	call = (*link)->call;
	*link = (*link)->next;
	call_return(replay, line, call);
	return replay->diverged ? HOST_BROKEN : HOST_CALL;
}

static enum host_wake play_event(struct replay_host *replay, struct line *line,
                                 struct host_packet *packet)
{
	line_play(replay, line);
	clock_reach(replay, time_shift(replay, line->at));
	if (line->kind == LINE_PACKET)
		return play_packet(replay, line, packet);
	if (line->kind == LINE_FINISHED)
		return play_finished(replay, line);
	if (line->kind == LINE_STOPPED)
		return HOST_STOPPED;
	fault_say(FAULT_BROKEN, replay->host.error, "%s", line->text);
	return HOST_BROKEN;
}

/* The next thing that a wait until `limit` finds; NULL: nothing. */
static struct line *event_next(struct replay_host *replay, usec_t limit)
{
	struct line *line;

	while ((line = replay->next) && !line->question &&
	       time_shift(replay, line->seen) <= limit) {
		if (line->kind != LINE_NOW)
			return line;
		clock_reach(replay, time_shift(replay, line->at));
		line_play(replay, line);
	}
	return NULL;
}

static enum host_wake replay_wait(struct host *host, usec_t deadline, struct host_packet *packet)
{
	struct replay_host *replay = replay_of(host);
	bool forever = deadline >= LATEST;

	usec_t limit = forever ? LATEST : deadline > replay->clock ? deadline : replay->clock;
	struct line *line;

	if (replay->diverged)
		return HOST_BROKEN;
	line = event_next(replay, limit);
	if (line)
		return play_event(replay, line, packet);
	if (forever) {
		replay_diverge(replay, replay->next, "waits");
		return HOST_BROKEN;
	}
	clock_reach(replay, limit);
	return HOST_TIME;
}

/* ---- opening and closing ---- */

static void replay_close(struct host *host)
{
	struct replay_host *replay = replay_of(host);

	if (replay->asked_file)
		fclose(replay->asked_file);
	free(replay->asked);
	arena_free(replay->arena);
	free(replay);
}

static usec_t replay_waited(struct host *host)
{
	(void)host;
	return 0;
}

static usec_t replay_pressure(struct host *host)
{
	(void)host;
	return -1;
}

static const struct host_ops replay_ops = {
	.name = "replay",
	.now = replay_now,
	.await_tick = replay_await_tick,
	.inject = replay_inject,
	.wait = replay_wait,
	.call = replay_call,
	.begin = replay_begin,
	.observe = replay_observe,
	.counter = replay_counter,
	.signals = replay_signals,
	.sysctl = replay_sysctl,
	.command = replay_command,
	.close = replay_close,
	.fork = replay_fork,
	.spawn = replay_spawn,
	.kill = replay_kill,
	.ended = replay_ended,
	.waited = replay_waited,
	.pressure = replay_pressure,
	.link = replay_link,
};

struct host *host_replay_open(const struct host_config *config, const char *path,
                              char error[FAULT_TEXT])
{
	struct replay_host *replay = calloc(1, sizeof(*replay));

	if (!replay) {
		fault_say(FAULT_BROKEN, error, "recording %s: %s", path, strerror(errno));
		return NULL;
	}
	replay->host.ops = &replay_ops;
	replay->arena = arena_new();
	replay->asked_file = open_memstream(&replay->asked, &replay->asked_size);
	if (!replay->asked_file) {
		fault_say(FAULT_BROKEN, error, "recording %s: %s", path, strerror(errno));
	} else if (recording_read(&replay->recording, replay->arena, path, error) &&
	           world_is(replay->recording.world, config, error)) {
		replay->next = replay->question = replay->recording.lines;
		replay->clock = replay->recording.start;
		return &replay->host;
	}
	replay_close(&replay->host);
	return NULL;
}
