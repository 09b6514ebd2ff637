# Coarsened exact matching with rules for cutpoints, in R: Rscript make.R (in this folder) writes values.csv.
# Made with R 4.2.2 and MatchIt 4.5.1 (method "cem"), on lalonde.csv of the folder above.
suppressMessages(library(MatchIt))
d <- read.csv("../lalonde.csv")
out <- data.frame()
run <- function(case, f, cuts) {
  m <- matchit(f, data = d, method = "cem", cutpoints = cuts); w <- m$weights; t <- d$treat
  rate <- weighted.mean(d$re78[t == 1], w[t == 1]) - weighted.mean(d$re78[t == 0], w[t == 0])
  for (v in list(c("mT", sum(w > 0 & t == 1)), c("mC", sum(w > 0 & t == 0)), c("strata", nlevels(m$subclass)),
                 c("essC", format(sum(w[t == 0])^2 / sum(w[t == 0]^2), digits = 17)), c("diff", format(rate, digits = 17))))
    out[nrow(out) + 1, c("case", "name", "value")] <<- list(case, v[1], v[2])
}
run("sturges", treat ~ age + education + re74 + race, list(age = "sturges", education = "sturges", re74 = "sturges"))
run("quarters", treat ~ age + re75 + married, list(age = "q4", re75 = "q3"))
write.csv(out, "values.csv", row.names = FALSE, quote = 1:2)
