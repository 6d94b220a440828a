#include "run/actors.h"

void actors_init(struct actors *actors, struct arena *arena)
{
	actors->list[0].descriptors = arena_alloc(arena, sizeof(*actors->descriptors));
	actors_act(actors, 0);
}

void actors_act(struct actors *actors, unsigned process)
{
	actors->descriptors = actors->list[process].descriptors;
}

void actors_add_twin(struct actors *actors, struct arena *arena, const struct process_want *want,
                     unsigned host_number, struct range where)
{
	actors->list[want->process] = (struct actor){
		.descriptors =
			arena_memdup(arena, actors->descriptors, sizeof(*actors->descriptors)),
		.host_number = host_number,
		.at_peer = want->at_peer,
		.where = where,
	};
}

void actors_add_program(struct actors *actors, const struct process_want *want,
                        unsigned host_number, struct range where)
{
	actors->list[want->process] = (struct actor){
		.host_number = host_number,
		.at_peer = want->at_peer,
		.where = where,
	};
}

void actors_become_program(struct actors *actors, unsigned process)
{
	actors->list[process].descriptors = NULL;
}

const struct actor *actors_end(struct actors *actors, unsigned host_number)
{
	for (unsigned i = 1; i < PROCESSES; i++) {
		struct actor *actor = &actors->list[i];

		if (actor->host_number != host_number)
			continue;
		bool before = actor->ended;
		actor->ended = true;
		return before ? NULL : actor;
	}
	return NULL;
}
