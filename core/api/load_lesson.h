// lesson.json -> goal and scenario (format: lessons/README.md).
#pragma once

#include "api/json.h"
#include "run/lesson.h"
#include "world/scenario.h"

namespace wh::api {

struct Lesson {
    world::Scenario scenario;
    run::Goal goal;
};

Result<Lesson> load_lesson(const Json& json);

}  // namespace wh::api
