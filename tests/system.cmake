# Tests of the whole program on real documents. What needs the development data beside the checkout skips
# (exit 77) with a clear word where it is missing.
set(KK_SHARED "${PROJECT_SOURCE_DIR}/../shared" CACHE PATH "Development data, not part of the project")
find_program(KK_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH REQUIRED)
set(KK_TEMPLATES ${PROJECT_SOURCE_DIR}/fixtures/templates)

add_executable(docx_resolve tools/docx_resolve.c)
target_link_libraries(docx_resolve PRIVATE kk_docx kk_flags)
set_target_properties(docx_resolve PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/test)

# kk_system(<name> TIMEOUT <seconds> COMMAND <words...>)
function(kk_system name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "COMMAND;LABELS")
    add_test(NAME ${name} COMMAND ${arg_COMMAND})
    set_tests_properties(${name} PROPERTIES LABELS "system;${arg_LABELS}" TIMEOUT ${arg_TIMEOUT}
                         SKIP_RETURN_CODE 77 ENVIRONMENT "${KK_TEST_ENV}")
endfunction()

set(laws ${KK_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/laws/laws.py --klimakrav $<TARGET_FILE:klimakrav-cli>
    --resolve $<TARGET_FILE:docx_resolve> --insert $<TARGET_FILE:docx_insert>)
set(KK_ORACLE ${KK_SHARED}/oracle/docx-oracle)
kk_system(laws-auto TIMEOUT 600 COMMAND ${laws} --cases auto ${KK_TEMPLATES})
# A slice of the matrix is in the core; all of it, with the judge, is `sh tests/run.sh matrix`.
kk_system(laws-templates TIMEOUT 900 COMMAND ${laws} --cases forced --slice 1/10 ${KK_TEMPLATES})
kk_system(laws-engine TIMEOUT 900 COMMAND ${laws} --cases engine --slice 2/16 ${KK_TEMPLATES})
kk_system(corpus-engine TIMEOUT 900 COMMAND ${laws} --cases engine --slice 1/40 --skip-missing
    ${KK_SHARED}/corpus/docx)
kk_system(corpus-forced TIMEOUT 900 COMMAND ${laws} --cases forced --slice 2/24 --skip-missing
    ${KK_SHARED}/corpus/docx)
set(KK_TRAPS ${PROJECT_SOURCE_DIR}/fixtures/traps)
kk_system(traps TIMEOUT 1200 COMMAND ${KK_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/laws/traps.py
    --klimakrav $<TARGET_FILE:klimakrav-cli> --resolve $<TARGET_FILE:docx_resolve> --light ${KK_TRAPS})
# Real saves by LibreOffice, which drops our tags.
kk_system(office LABELS hosts TIMEOUT 900 COMMAND ${KK_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/laws/office.py
    --klimakrav $<TARGET_FILE:klimakrav-cli> --resolve $<TARGET_FILE:docx_resolve>
    --work ${PROJECT_BINARY_DIR}/office ${KK_TRAPS})
kk_system(matrix LABELS slow matrix TIMEOUT 43200 COMMAND ${laws} --cases all --skip-missing
    --oracle ${KK_ORACLE} --oracle-cache ${PROJECT_BINARY_DIR}/judged
    --summary ${PROJECT_BINARY_DIR}/matrix.txt ${KK_SHARED}/corpus/docx ${KK_TEMPLATES} ${KK_TRAPS})
kk_system(remedy TIMEOUT 600 COMMAND ${KK_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/laws/remedy.py
    --expected H02,H03 --guided K03,K05
    --klimakrav $<TARGET_FILE:klimakrav-cli> --resolve $<TARGET_FILE:docx_resolve> ${KK_TEMPLATES})
# Every clause in both forms: it raises no finding of its own.
kk_system(clauses TIMEOUT 900 COMMAND ${KK_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/laws/clauses.py
    --klimakrav $<TARGET_FILE:klimakrav-cli> --nb ${KK_TEMPLATES}/skoleskyss-eksempelvik.docx
    --nn ${KK_TEMPLATES}/persontransport-ytre-vik.docx)
kk_system(corpus-audit TIMEOUT 600 COMMAND ${KK_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/corpus/corpus.py
    --klimakrav $<TARGET_FILE:klimakrav-cli> ${KK_SHARED}/corpus/docx)
kk_system(corpus-laws TIMEOUT 900 COMMAND ${laws} --cases auto --skip-missing ${KK_SHARED}/corpus/docx)
foreach(check lint test coverage)
    kk_system(rules-${check} TIMEOUT 300 COMMAND klimakrav-cli rules ${check})
endforeach()
set(upgrades ${KK_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/laws/upgrade.py --klimakrav $<TARGET_FILE:klimakrav-cli>
    --resolve $<TARGET_FILE:docx_resolve> --bank ${PROJECT_SOURCE_DIR}/rules/bank)
kk_system(laws-upgrade TIMEOUT 600 COMMAND ${upgrades} --templates ${KK_TEMPLATES} --pairs 30)
kk_system(upgrades LABELS slow TIMEOUT 7200 COMMAND ${upgrades} --templates ${KK_TEMPLATES} --pairs 1000 --seed 2)
