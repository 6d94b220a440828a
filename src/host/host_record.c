/*
 * Every answer is passed on and written down at once. The clock is the one exception. The recorder
 * keeps the clock that the replay will have: it stands at the last answer, or at the deadline that
 * a wait reached (see host_replay.c). now() answers with this clock. Only when the real time is
 * ahead by CLOCK_GRAIN or more, it is told, and written down as "now". So the harness is told the
 * same times in both worlds and computes the same deadlines, and a wait that found nothing needs no
 * line.
 *
 * In a replay, a wait finds a packet when the packet's time is not after the deadline. Sometimes
 * the kernel did otherwise: a packet was there when a wait with a deadline in the past looked for
 * it, or a packet came to us late. Then the line says until when a wait must last to find it
 * ("seen").
 */
#include "host/host_record.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "host/asked.h"
#include "host/recorded_world.h"
#include "host/recording.h"

enum {
	CLOCK_GRAIN = 100,     /* microseconds */
	LINE_BUFFER = 1 << 18, /* bytes; a line is written at once, as a whole */
};

/* A call that is pending, and what its memory was before. */
struct watched_call {
	struct watched_call *next;
	struct host_call *call;
	unsigned id;
	uint8_t *before[]; /* for each output */
};

struct record_host {
	struct asked_host asked;
	struct host *inner;
	FILE *file;
	usec_t start;
	usec_t clock;         /* what the clock of the replay will be now */
	usec_t nothing_until; /* since the last line, a wait until this time found nothing */
	unsigned clock_asked; /* how often the clock was asked since the last line */
	const char *path;
	char *lost;      /* that of host_config */
	bool incomplete; /* `lost` says so already */
	unsigned begun;  /* calls that were left pending; the last one has this number */
	struct watched_call *calls;
};

static struct record_host *record_of(struct host *host)
{
	return (struct record_host *)host;
}

/* Notes that the recording is not complete. The run goes on: its result does not depend on it. */
static void lose(struct record_host *record, int error)
{
	if (record->lost && !record->incomplete)
		fault_say(FAULT_BROKEN, record->lost, "cannot write %s: %s", record->path,
		          strerror(error));
	record->incomplete = true;
}

/* ---- lines ---- */

static void line_end(struct record_host *record)
{
	putc('\n', record->file);
	if (fflush(record->file) == EOF)
		lose(record, errno);
	record->nothing_until = INT64_MIN;
	record->clock_asked = 0;
}

static void time_write(struct record_host *record, usec_t time)
{
	fprintf(record->file, " %" PRId64, time - record->start);
}

/* Writes the answer "failed". This world fails with the same sentence. */
static void fail_alike(struct record_host *record)
{
	memcpy(record->asked.host.error, record->inner->error, FAULT_TEXT);
	failed_write(record->file, record->inner->error);
}

static void comment_write(FILE *file, const struct segment *segment)
{
	char text[SEGMENT_TEXT];

	fprintf(file, "  # %s", segment_print(segment, text, sizeof(text)));
}

static void clock_reach(struct record_host *record, usec_t time)
{
	if (time > record->clock)
		record->clock = time;
}

/* ---- calls ---- */

static void watched_free(struct watched_call *watched)
{
	for (size_t i = 0; i < watched->call->output_count; i++)
		free(watched->before[i]);
	free(watched);
}

/* Returns NULL when there is no memory. Then the recording is not complete. */
static struct watched_call *watched_new(struct record_host *record, struct host_call *call)
{
	size_t count = call->output_count;
	struct watched_call *watched = calloc(1, sizeof(*watched) + count * sizeof(uint8_t *));
	bool complete = watched;

	host_call_poison(call);
	for (size_t i = 0; watched && i < count; i++) {
		watched->before[i] = malloc(call->outputs[i].size);
		complete &= watched->before[i] != NULL;
		if (watched->before[i])
			memcpy(watched->before[i], call->outputs[i].bytes, call->outputs[i].size);
	}
	if (watched)
		watched->call = call;
	if (complete)
		return watched;
	lose(record, ENOMEM);
	if (watched)
		watched_free(watched);
	return NULL;
}

static void returned_write(struct record_host *record, const struct watched_call *watched)
{
	const struct host_call *call = watched->call;

	if (call->end == CALL_NOT_MADE) {
		fail_alike(record);
		return;
	}
	if (call->end == CALL_DIED)
		fputs(" = died", record->file);
	else
		fprintf(record->file, " = %ld %d", call->result, call->error);
	time_write(record, call->started);
	time_write(record, call->ended);
	for (size_t i = 0; i < call->output_count; i++) {
		fprintf(record->file, " out%zu=", i);
		blob_write(record->file, call->outputs[i].bytes, watched->before[i],
		           call->outputs[i].size);
	}
	if (call->end == CALL_STOPPED)
		fputs(" stopped", record->file);
}

static void record_call(struct host *host, struct host_call *call)
{
	struct record_host *record = record_of(host);
	struct watched_call *watched = watched_new(record, call);

	record->inner->calls->call(record->inner, call);
	clock_reach(record, call->ended);
	if (!watched)
		return;
	line_call_write(record->file, LINE_CALL, call);
	returned_write(record, watched);
	line_end(record);
	watched_free(watched);
}

static void watched_add(struct record_host *record, struct watched_call *watched)
{
	watched->id = ++record->begun;
	watched->next = record->calls;
	record->calls = watched;
}

static bool record_begin(struct host *host, struct host_call *call)
{
	struct record_host *record = record_of(host);
	struct watched_call *watched = watched_new(record, call);
	bool begun = record->inner->calls->begin(record->inner, call);

	if (!watched)
		return begun;
	line_call_write(record->file, LINE_BEGIN, call);
	if (begun && call->end == CALL_PENDING) {
		watched_add(record, watched);
		fprintf(record->file, " = pending %u", watched->id);
		time_write(record, call->started);
		clock_reach(record, call->started);
		line_end(record);
		return true;
	}
	if (begun) {
		returned_write(record, watched);
		clock_reach(record, call->ended);
	} else {
		fail_alike(record);
	}
	line_end(record);
	watched_free(watched);
	return begun;
}

/* ---- time ---- */

static void record_await_tick(struct host *host)
{
	struct record_host *record = record_of(host);

	host_await_tick(record->inner);
}

static usec_t record_now(struct host *host)
{
	struct record_host *record = record_of(host);

	usec_t now = record->inner->clock->now(record->inner);

	record->clock_asked++;
	if (now - record->clock >= CLOCK_GRAIN) {
		fputs(line_name(LINE_NOW), record->file);
		time_write(record, now);
		if (record->clock_asked > 1)
			fprintf(record->file, " asked %u", record->clock_asked);
		line_end(record);
		record->clock = now;
	}
	return record->clock;
}

/* Ends a line about something that happened at `at`, and that a wait until `limit` found. */
static void arrival_end(struct record_host *record, usec_t at, usec_t limit)
{
	usec_t seen = at;

	if (seen <= record->nothing_until)
		seen = record->nothing_until + 1;
	if (seen > limit)
		seen = limit;
	if (seen != at) {
		fputs(" seen", record->file);
		time_write(record, seen);
	}
	clock_reach(record, at);
}

static void packet_write(struct record_host *record, const struct host_packet *packet, usec_t limit)
{
	fputs(line_name(LINE_PACKET), record->file);
	time_write(record, packet->at);
	fprintf(record->file, " %zu ", packet->length);
	blob_write(record->file, packet->bytes, NULL, packet->captured);
	if (packet->segment.fixed & FIXED_CHECKSUM)
		fputs(" bad checksum", record->file);
	if (packet->segment.fixed & FIXED_IP_CHECKSUM)
		fputs(" bad ip-checksum", record->file);
	arrival_end(record, packet->at, limit);
	if (packet->bad)
		fprintf(record->file, "  # %s", packet->bad);
	else
		comment_write(record->file, &packet->segment);
	line_end(record);
}

/* The wait does not say which call has ended, so all pending calls are looked at. */
static void finished_write(struct record_host *record, usec_t limit)
{
	struct watched_call **link = &record->calls;

	while (*link) {
		struct watched_call *watched = *link;

		if (watched->call->end == CALL_PENDING) {
			link = &watched->next;
			continue;
		}
		*link = watched->next;
		fprintf(record->file, "%s %u", line_name(LINE_FINISHED), watched->id);
		returned_write(record, watched);
		arrival_end(record, watched->call->ended, limit);
		line_end(record);
		watched_free(watched);
	}
}

static void ended_write(struct record_host *record, usec_t limit)
{
	const struct host_end *end = &record->inner->end;

	record->asked.host.end = *end;
	fputs(line_name(LINE_ENDED), record->file);
	time_write(record, end->at);
	fprintf(record->file, " %u %d", end->process, end->status);
	arrival_end(record, end->at, limit);
	line_end(record);
}

static void event_write(struct record_host *record, enum line_kind kind)
{
	usec_t now = record->inner->clock->now(record->inner);

	clock_reach(record, now);
	fputs(line_name(kind), record->file);
	time_write(record, record->clock);
	if (kind == LINE_BROKEN) {
		memcpy(record->asked.host.error, record->inner->error, FAULT_TEXT);
		putc(' ', record->file);
		text_write(record->file, record->inner->error);
	}
	line_end(record);
}

static enum host_wake record_wait(struct host *host, usec_t deadline, struct host_packet *packet)
{
	struct record_host *record = record_of(host);

	usec_t limit = deadline > record->clock ? deadline : record->clock;
	enum host_wake wake;

	wake = record->inner->wire->wait(record->inner, deadline, packet);
	switch (wake) {
	case HOST_PACKET:
		packet_write(record, packet, limit);
		break;
	case HOST_CALL:
		finished_write(record, limit);
		break;
	case HOST_ENDED:
		ended_write(record, limit);
		break;
	case HOST_TIME:
		record->clock = record->nothing_until = limit;
		break;
	case HOST_STOPPED:
		event_write(record, LINE_STOPPED);
		break;
	case HOST_BROKEN:
		event_write(record, LINE_BROKEN);
		break;
	}
	return wake;
}

/* ---- questions ---- */

static bool record_answer(struct asked_host *asked, struct question *question)
{
	struct record_host *record = (struct record_host *)asked;
	const struct question_row *row = question_row(question->kind);
	bool good = row->put(record->inner, question);

	question_write(record->file, question);
	if (good && row->answer == ANSWER_MOMENT)
		clock_reach(record, question->answer.at);
	if (good)
		answer_write(record->file, row->answer, &question->answer, record->start);
	else
		fail_alike(record);
	if (question->segment)
		comment_write(record->file, question->segment);
	line_end(record);
	return good;
}

/* Nobody waits for a processor in a recording, so this is not recorded. */
static usec_t record_waited(struct host *host)
{
	return host_waited(record_of(host)->inner);
}

static void record_mark(struct host *host)
{
	host_mark(record_of(host)->inner);
}

static usec_t record_pressure(struct host *host)
{
	return host_pressure(record_of(host)->inner);
}

/* ---- opening and closing ---- */

static const char *record_trouble(struct host *host)
{
	struct record_host *record = record_of(host);

	return record->inner->trouble(record->inner);
}

static void record_close(struct host *host)
{
	struct record_host *record = record_of(host);

	record->inner->close(record->inner);
	for (struct watched_call *watched = record->calls, *next; watched; watched = next) {
		next = watched->next;
		watched_free(watched);
	}
	fclose(record->file);
	free(record);
}

static const struct clock_ops record_clock = {
	.now = record_now,
	.await_tick = record_await_tick,
};

static void tables_open(struct record_host *record)
{
	asked_open(&record->asked, record_answer);
	record->asked.host.name = record->inner->name;
	record->asked.host.foreign = record->inner->foreign;
	record->asked.host.trouble = record->inner->trouble ? record_trouble : NULL;
	record->asked.wire.wait = record_wait;
	record->asked.calls.call = record_call;
	record->asked.calls.begin = record_begin;
	record->asked.calls.waited = record_waited;
	record->asked.look.pressure = record_pressure;
	record->asked.look.mark = record_mark;
	asked_like(&record->asked, record->inner);
	record->asked.host.clock = &record_clock;
	record->asked.host.close = record_close;
}

struct host *host_record_open(struct host *inner, const struct host_config *config,
                              const char *path, char error[FAULT_TEXT])
{
	struct record_host *record = calloc(1, sizeof(*record));

	if (record)
		record->file = fopen(path, "we");
	if (!record || !record->file) {
		snprintf(error, FAULT_TEXT, "recording %s: %s", path, strerror(errno));
		free(record);
		return NULL;
	}
	setvbuf(record->file, NULL, _IOFBF, LINE_BUFFER);
	record->inner = inner;
	tables_open(record);
	record->path = path;
	record->lost = config->lost;
	record->start = record->clock = inner->clock->now(inner);
	fprintf(record->file, "%s %d\nstart %" PRId64 "\n", RECORDING_HEAD, RECORDING_VERSION,
	        record->start);
	world_write(record->file, config);
	line_end(record);
	if (strcmp(recording_memory(), RECORDING_USUAL_MEMORY)) {
		fprintf(record->file, "memory %s", recording_memory());
		line_end(record);
	}
	if (inner->foreign) {
		bool states = inner->look && inner->look->observe;

		fprintf(record->file, "%sstack %s", states ? "" : "stateless ", inner->name);
		line_end(record);
	}
	return &record->asked.host;
}
