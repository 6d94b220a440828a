/*
 * What the harness asks is found by its order, and what comes by itself (packets, ends of calls) by
 * its time. A question takes the next line that is a question. It must be the same question; when
 * it is not, the replay has diverged, and every later answer is the same error. A question that
 * only looks may be asked again, and finds the same. A wait finds the next thing that comes by
 * itself when its time (or the time behind "seen") is not after the deadline, and when no question
 * that was not asked yet and no later "now" stands before it; otherwise the wait reaches its
 * deadline. So a packet that is deleted from a recording is a packet that the kernel did not send.
 *
 * The clock stands at the last answer, or at the last deadline that was reached. now() returns
 * that, or takes the "now" that is the next line. The clock never goes back. "now" is not a
 * question: the harness need not ask for it, and may ask more often.
 *
 * When the harness asks a question later than it was recorded (somebody made a packet late by hand,
 * or the harness waits longer today), everything behind it comes later by the same time (`slip`).
 */
#include "host/host_replay.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/text.h"
#include "host/asked.h"
#include "host/recorded_world.h"
#include "host/recording.h"

/* Later than any time in a recording. A deadline after it means forever. */
#define LATEST (10 * RECORDING_TIME_MAX)

enum { SHOWN = 92 }; /* bytes of a question that an error shows */

struct pending_call {
	struct pending_call *next;
	struct host_call *call;
	unsigned id;
};

struct replay_host {
	struct asked_host asked;
	struct arena *arena;
	struct recording recording;
	struct line *next;     /* the first one that is not played; NULL at the end */
	struct line *question; /* no question before this line is still to be asked */
	struct line *answered; /* the question that was answered last, or NULL */
	usec_t clock, slip;
	unsigned asked_now; /* how often the clock was asked since the last line */
	bool diverged;
	struct pending_call *calls;
	FILE *wanted_file; /* a stream that writes `wanted` */
	char *wanted;      /* what the harness asks, in the words of a recording */
	size_t wanted_size;
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

/* Sets the clock for a question that was asked at `recorded` in the recording. */
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

/* A question as people read it: a segment as a script writes it, others as they are. */
static const char *question_show(const char *question, char text[SHOWN])
{
	const char *word = question_row(QUESTION_INJECT)->word;
	size_t verb = strlen(word) + 1;
	uint8_t bytes[SEGMENT_BYTES_MAX] = { 0 };
	struct segment segment;
	struct blob blob;

	snprintf(text, SHOWN, strlen(question) < SHOWN ? "%s" : "%.88s...", question);
	if (strncmp(question, word, verb - 1) || !question[verb - 1] ||
	    !blob_parse(question + verb, &blob) || blob.size > sizeof(bytes))
		return text;
	blob_apply(&blob, bytes);
	if (segment_decode(bytes, blob.size, blob.size, CHECKSUM_EXACT, &segment) == NULL) {
		memcpy(text, question, verb);
		segment_print(&segment, text + verb, SHOWN - verb);
	}
	return text;
}

/* Finds where two segments that print alike differ. */
static size_t differing_byte(const char *a, const char *b)
{
	size_t digits = strcspn(a, ":") + 1, i = 0;

	while (a[i] && a[i] == b[i])
		i++;
	return i < digits ? 0 : (i - digits) / 2;
}

/* `line` is what should have been asked; NULL: nothing more should be. */
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
		fault_say(FAULT_BROKEN, replay->asked.host.error,
		          "recording line %u: %s, but the harness %.120s", line->number,
		          question_show(line->question, shown), engine);
	else
		fault_say(FAULT_BROKEN, replay->asked.host.error,
		          "recording line %u: the end, but the harness %.120s",
		          replay->recording.last, engine);
}

static void diverge_asked(struct replay_host *replay, const struct line *line)
{
	char asked[SHOWN], recorded[SHOWN];

	question_show(replay->wanted, asked);
	if (line && !strcmp(asked, question_show(line->question, recorded)))
		replay_diverge(replay, line, "asks it with another byte %zu",
		               differing_byte(line->question, replay->wanted));
	else
		replay_diverge(replay, line, "asks %s", asked);
}

/* ---- questions ---- */

/* Returns a stream to which the question is written, before line_find() looks for it. */
static FILE *question_begin(struct replay_host *replay)
{
	rewind(replay->wanted_file);
	return replay->wanted_file;
}

/*
 * Returns the next question. What comes by itself before it can still be waited for, but a "now"
 * before it was not asked for, and is passed.
 */
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
	return line && !strcmp(line->question, replay->wanted);
}

static bool may_be_asked_again(const struct line *line)
{
	return line->kind == LINE_QUESTION && line->row->looks;
}

/* Returns the line with the answer. NULL: there is none, or it is "failed"; host.error says why. */
static struct line *line_find(struct replay_host *replay)
{
	struct line *line;

	putc('\0', replay->wanted_file);
	if (replay->diverged)
		return NULL;
	if (fflush(replay->wanted_file) == EOF) {
		replay_diverge(replay, NULL, "has no memory left");
		return NULL;
	}
	line = question_next(replay);
	if (is_asked(replay, line)) {
		line_play(replay, line);
		replay->answered = line;
	} else if (is_asked(replay, replay->answered) && may_be_asked_again(replay->answered)) {
		line = replay->answered;
	} else {
		diverge_asked(replay, line);
		return NULL;
	}
	if (!line->failed)
		return line;
	fault_say(FAULT_BROKEN, replay->asked.host.error, "%s", line->text);
	return NULL;
}

/* Tells whether the next line of the recording is just this question. */
static bool is_next(struct replay_host *replay)
{
	const struct line *line = replay->question;

	putc('\0', replay->wanted_file);
	if (fflush(replay->wanted_file) == EOF)
		return false;
	while (line && (line->played || !line->question))
		line = line->next;
	return is_asked(replay, line);
}

static bool replay_answer(struct asked_host *asked, struct question *question)
{
	struct replay_host *replay = (struct replay_host *)asked;
	struct line *line;

	question_write(question_begin(replay), question);
	if (question_row(question->kind)->extra && !is_next(replay))
		return false;
	line = line_find(replay);
	if (!line)
		return false;
	question->answer = line->answer;
	if (line->row->answer == ANSWER_MOMENT)
		question->answer.at = clock_ask(replay, line->answer.at);
	if (line->row->drained)
		line->answer.value = 0;
	return true;
}

/* ---- calls ---- */

/* The call has no error of the kernel. The next wait says what is wrong. */
static void call_fail(struct replay_host *replay, struct host_call *call)
{
	call->result = -1;
	call->error = 0;
	call->started = call->ended = replay->clock;
	call->end = CALL_NOT_MADE;
}

static const struct blob *line_output(const struct line *line, size_t index)
{
	const struct line_output *output = line->outputs;

	while (output && output->index != index)
		output = output->next;
	return output ? &output->blob : NULL;
}

/* Sets the memory to what it was before the recorded call was made. */
static void outputs_prepare(struct replay_host *replay, const struct host_call *call)
{
	host_call_poison(call);
	for (size_t i = 0; i < call->output_count && replay->recording.version == 1; i++)
		if (call->outputs[i].kind != OUTPUT_GIVEN)
			memset(call->outputs[i].bytes, 0, call->outputs[i].size);
}

/* In version 1, a recording had only the first of several buffers, and other parts of a message. */
static bool is_too_old(const struct replay_host *replay, const struct line *line,
                       const struct host_call *call)
{
	if (replay->recording.version > 1 || line->result < 0)
		return false;
	for (size_t i = 0; i < call->output_count; i++)
		if (call->outputs[i].kind == OUTPUT_EMPTY && !line_output(line, i))
			return true;
	return false;
}

/*
 * What such a call writes are numbers, as the memory of its machine has them; of the others it is
 * bytes of the stream, and addresses: see address_turn().
 */
static bool is_of_other_machine(const struct replay_host *replay, const struct line *line,
                                const char *name)
{
	static const char *const numbers[] = {
		"epoll_pwait", "epoll_pwait2", "epoll_wait", "fcntl",    "getsockopt", "ioctl",
		"poll",        "ppoll",        "pselect",    "recvmmsg", "recvmsg",    "select"
	};
	const char *ours = recording_memory();
	/* The second word is about epoll_event alone. */
	size_t length = !strncmp(name, "epoll", 5) ? strlen(ours) + 1 : strcspn(ours, " ") + 1;

	if (!line->outputs || !strncmp(replay->recording.memory, ours, length))
		return false;
	return TEXT_IS_IN(name, numbers);
}

/* Tells whether the memory that the line writes fits the memory that the call has. */
static bool outputs_fit(struct replay_host *replay, const struct line *line,
                        const struct host_call *call)
{
	if (is_too_old(replay, line, call)) {
		fault_say(FAULT_BROKEN, replay->asked.host.error,
		          "recording line %u: it has an older version, which did not keep all "
		          "that %s writes: record it again",
		          line->number, call->name);
		return false;
	}
	if (is_of_other_machine(replay, line, call->name)) {
		fault_say(FAULT_BROKEN, replay->asked.host.error,
		          "recording line %u: what %s writes is in the memory of another kind of "
		          "machine (%s)",
		          line->number, call->name, replay->recording.memory);
		return false;
	}
	for (const struct line_output *output = line->outputs; output; output = output->next) {
		size_t index = output->index,
		       room = index < call->output_count ? call->outputs[index].size : 0;

		if (index < call->output_count && output->blob.size <= room)
			continue;
		fault_say(FAULT_BROKEN, replay->asked.host.error,
		          "recording line %u: %s changes %zu bytes of memory, but the harness "
		          "has room for %zu",
		          line->number, call->name, output->blob.size, room);
		return false;
	}
	return true;
}

static void bytes_turn(const struct host_output *output, size_t count)
{
	uint8_t *bytes = output->bytes;

	if (output->size < count)
		return;
	for (size_t i = 0; i < count / 2; i++) {
		uint8_t byte = bytes[i];

		bytes[i] = bytes[count - 1 - i];
		bytes[count - 1 - i] = byte;
	}
}

/*
 * Of an address the family, and its length in the next output, are in the order of the machine, and
 * the rest is in network order. Turns them where the recording is of a machine with another order.
 * Memory is turned before the recording writes into it, too, since it writes only what had changed.
 */
static void address_turn(const struct replay_host *replay, const struct host_call *call)
{
	static const char *const givers[] = { "accept", "accept4", "getpeername", "getsockname" };

	/* The first letter is that of little or big. */
	if (*replay->recording.memory == *recording_memory() || !TEXT_IS_IN(call->name, givers))
		return;
	if (call->output_count > 0)
		bytes_turn(&call->outputs[0], sizeof(sa_family_t));
	if (call->output_count > 1)
		bytes_turn(&call->outputs[1], sizeof(socklen_t));
}

static void call_return(struct replay_host *replay, const struct line *line, struct host_call *call)
{
	if (!outputs_fit(replay, line, call)) {
		replay->diverged = true;
		call_fail(replay, call);
		return;
	}
	outputs_prepare(replay, call);
	address_turn(replay, call);
	for (const struct line_output *output = line->outputs; output; output = output->next)
		blob_apply(&output->blob, call->outputs[output->index].bytes);
	address_turn(replay, call);
	call->result = line->result;
	call->error = line->error;
	call->started = time_shift(replay, line->started);
	call->ended = time_shift(replay, line->ended);
	call->end = line->end;
	clock_reach(replay, call->ended);
}

static void replay_call(struct host *host, struct host_call *call)
{
	struct replay_host *replay = replay_of(host);
	const struct line *line;

	line_call_write(question_begin(replay), LINE_CALL, call);
	line = line_find(replay);
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

	line_call_write(question_begin(replay), LINE_BEGIN, call);
	line = line_find(replay);
	if (!line)
		return false;
	call->started = clock_ask(replay, line->at);
	call->end = CALL_PENDING;
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
	packet->bad = segment_decode(packet->bytes, packet->captured, packet->length,
	                             CHECKSUM_IGNORED, &packet->segment);
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
		fault_say(FAULT_BROKEN, replay->asked.host.error,
		          "recording line %u: no call %u is under way", line->number, line->id);
		return HOST_BROKEN;
	}
	call = (*link)->call;
	*link = (*link)->next;
	call_return(replay, line, call);
	return replay->diverged ? HOST_BROKEN : HOST_CALL;
}

static enum host_wake play_ended(struct replay_host *replay, const struct line *line)
{
	replay->asked.host.end = (struct host_end){
		.process = line->id,
		.status = (int)line->result,
		.at = time_shift(replay, line->at),
	};
	return HOST_ENDED;
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
	if (line->kind == LINE_ENDED)
		return play_ended(replay, line);
	if (line->kind == LINE_STOPPED)
		return HOST_STOPPED;
	fault_say(FAULT_BROKEN, replay->asked.host.error, "%s", line->text);
	return HOST_BROKEN;
}

/* Returns the next thing that a wait until `limit` finds; NULL when there is none. */
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

	if (replay->wanted_file)
		fclose(replay->wanted_file);
	free(replay->wanted);
	arena_free(replay->arena);
	free(replay);
}

static const struct clock_ops replay_clock = { .now = replay_now };

static void tables_open(struct replay_host *replay)
{
	asked_open(&replay->asked, replay_answer);
	replay->asked.host.name = "a recording";
	replay->asked.wire.wait = replay_wait;
	replay->asked.calls.call = replay_call;
	replay->asked.calls.begin = replay_begin;
	replay->asked.host.clock = &replay_clock;
	replay->asked.host.close = replay_close;
}

struct host *host_replay_open(const struct host_config *config, const char *path,
                              char error[FAULT_TEXT])
{
	struct replay_host *replay = calloc(1, sizeof(*replay));

	if (!replay) {
		fault_say(FAULT_BROKEN, error, "recording %s: %s", path, strerror(errno));
		return NULL;
	}
	tables_open(replay);
	replay->arena = arena_new();
	replay->wanted_file = open_memstream(&replay->wanted, &replay->wanted_size);
	if (!replay->wanted_file) {
		fault_say(FAULT_BROKEN, error, "recording %s: %s", path, strerror(errno));
	} else if (recording_read(&replay->recording, replay->arena, path, error) &&
	           world_is(replay->recording.world, config, error)) {
		replay->next = replay->question = replay->recording.lines;
		replay->clock = replay->recording.start;
		replay->asked.host.foreign = replay->recording.stack != NULL;
		if (replay->recording.stateless)
			replay->asked.look.observe = NULL;
		if (replay->recording.stack)
			replay->asked.host.name = replay->recording.stack;
		return &replay->asked.host;
	}
	replay_close(&replay->asked.host);
	return NULL;
}
