# Does layers.cmake see what it must? Writes small trees with one fault each and reads its verdict.
#   cmake -DLAYERS=<layers.cmake> -DWORK=<scratch folder> -P layers_self.cmake
cmake_minimum_required(VERSION 3.25)
set(failed 0)
set(n 0)

# verdict(<name> <regex> <file> <text>): a sound tree plus this file gives output matching regex.
function(verdict name regex file text)
    set(tree ${WORK}/tree)
    file(REMOVE_RECURSE ${tree})
    file(WRITE ${tree}/plugin/include/klimakrav/types.h "#include <stdint.h>\n")
    file(WRITE ${tree}/plugin/include/klimakrav/text.h "#include <klimakrav/types.h>\n")
    file(WRITE ${tree}/plugin/include/klimakrav/klimakrav.h "#include <klimakrav/text.h>\n")
    file(WRITE ${tree}/plugin/base/mem.c "#include \"mem.h\"\nvoid *x = malloc(1);\n")
    file(WRITE ${tree}/plugin/base/mem.h "#include <klimakrav/types.h>\n")
    file(WRITE ${tree}/docx/docx.h "#include \"mem.h\"\n")
    file(WRITE ${tree}/docx/zip.c "#include <zip.h>\n#include \"docx.h\"\n#include <stdlib.h>\n")
    file(WRITE ${tree}/docx/story.h "")
    file(WRITE ${tree}/rules/rules.h "#include <klimakrav/text.h>\n")
    file(WRITE ${tree}/plugin/core/hall.c "#include \"docx.h\"\n#include \"rules.h\"\n")
    file(WRITE ${tree}/plugin/hosts/cli/main.c "#include <klimakrav/klimakrav.h>\n#include <unistd.h>\n")
    file(WRITE ${tree}/${file} "${text}")
    execute_process(COMMAND ${CMAKE_COMMAND} -DROOT=${tree} -P ${LAYERS} RESULT_VARIABLE code
                    OUTPUT_VARIABLE out ERROR_VARIABLE out)
    if(regex STREQUAL "ok")
        set(right FALSE)
        if(code EQUAL 0)
            set(right TRUE)
        endif()
    elseif(out MATCHES "${regex}" AND out MATCHES "1 fault" AND NOT code EQUAL 0)
        set(right TRUE)
    else()
        set(right FALSE)
    endif()
    if(NOT right)
        message("${name}: wanted ${regex}, got (${code}):\n${out}")
        math(EXPR failed "${failed} + 1")
        set(failed ${failed} PARENT_SCOPE)
    endif()
    math(EXPR n "${n} + 1")
    set(n ${n} PARENT_SCOPE)
endfunction()

verdict("sound" "ok" docx/more.c "/* malloc(3); */\n# include  \"story.h\"\nint x[] = {1};\n")
verdict("own folder named" "ok" plugin/core/a.c "#include \"../../docx/docx.h\"\n")
verdict("host sees its own file" "ok" plugin/hosts/cli/a.h "#include <getopt.h>\n#include \"a.h\"\n")
foreach(case IN ITEMS
        "docx sees rules|docx/a.c:2: docx may not see rules/rules.h|docx/a.c|\n#include \"rules.h\"\n"
        "by path|docx/a.c:1: docx may not see rules/rules.h|docx/a.c|#include \"../rules/rules.h\"\n"
        "rules sees docx|rules/a.c:1: rules may not see docx/docx.h|rules/a.c|#include \"docx.h\"\n"
        "core sees inside docx|may not see docx/story.h|plugin/core/a.c|#include \"story.h\"\n"
        "base sees docx|plugin/base may not see docx/docx.h|plugin/base/a.c|#include \"docx.h\"\n"
        "base sees the ABI|<klimakrav/klimakrav.h> is not for plugin/base|plugin/base/a.c|#include <klimakrav/klimakrav.h>\n"
        "docx sees the ABI|<klimakrav/klimakrav.h> is not for docx|docx/a.c|#include <klimakrav/klimakrav.h>\n"
        "host sees base|plugin/hosts/cli may not see plugin/base/mem.h|plugin/hosts/cli/a.c|#include \"mem.h\"\n"
        "zip elsewhere|docx/a.c:3: <zip.h> is only for: docx/zip.c|docx/a.c|\n\n#include <zip.h>\n"
        "xml elsewhere|<libxml/parser.h> is only for|docx/a.c|#include <libxml/parser.h>\n"
        "sqlite elsewhere|<sqlite3.h> is only for|plugin/core/a.c|#include <sqlite3.h>\n"
        "POSIX elsewhere|<pthread.h> is POSIX|rules/a.c|#include <pthread.h>\n"
        "stdio in the public header|is not in the table|plugin/include/klimakrav/a.h|#include <stdio.h>\n"
        "unknown|<foo.h> is not in the table|docx/a.c|#include <foo.h>\n"
        "macro|cannot be read|docx/a.c|#include HEADER\n"
        "missing|is no header of this tree|docx/a.c|#include \"nowhere.h\"\n"
        "no such public|does not exist|plugin/core/a.c|#include <klimakrav/none.h>\n"
        "two of a name|rules/story.h:1: the tree has another story.h: docx/story.h|rules/story.h| "
        "allocates|docx/a.c:2: allocates behind the back|docx/a.c|int a[2]\;\nchar *b = malloc(a[1])\;\n"
        "no room|plugin/a.c:1: belongs to no room|plugin/a.c| ")
    string(REPLACE "|" ";" part "${case}")
    list(GET part 0 name)
    list(GET part 1 regex)
    list(GET part 2 file)
    string(FIND "${case}" "|${file}|" at)
    string(LENGTH "|${file}|" skip)
    math(EXPR at "${at} + ${skip}")
    string(SUBSTRING "${case}" ${at} -1 text)
    verdict("${name}" "${regex}" ${file} "${text}")
endforeach()
if(failed GREATER 0)
    message(FATAL_ERROR "${failed} of ${n} verdicts are wrong")
endif()
message("${n} verdicts are right")
