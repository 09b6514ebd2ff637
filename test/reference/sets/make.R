# `duo-impact evaluate` beside R on data sets of R and MASS: Rscript make.R (in this folder) writes the data,
# cases.tsv (name, then the command's arguments) and values.csv (case, name, value).
# Made with R 4.2.2: MatchIt 4.5.1 (exact, cem, and summary() for balance), sandwich 3.0.2, lmtest 0.9.40, MASS 7.3.58.2,
# stats::glm, mantelhaen.test and prop.test. Nothing is spelt out by hand but ratios and expanding tables of counts.
suppressMessages({library(MatchIt); library(sandwich); library(lmtest)})
options(digits = 17, warn = -1)
out <- list(); cmd <- c()
emit <- function(case, name, value) out[[length(out) + 1]] <<- c(case, name, format(as.numeric(value), digits = 17, trim = TRUE))
save <- function(d, file) { write.csv(d, file, row.names = FALSE); invisible(d) }
expand <- function(t) { d <- as.data.frame(t, stringsAsFactors = FALSE); d[rep(seq_len(nrow(d)), d$Freq), setdiff(names(d), "Freq")] }
one <- function(x) if (is.numeric(x)) x else as.integer(tolower(as.character(x)) %in% c("yes", "true"))

balance <- function(case, m) {
  s <- summary(m, standardize = TRUE, interactions = FALSE)
  for (side in c("before", "after")) {
    t <- if (side == "before") s$sum.all else s$sum.matched
    for (v in setdiff(rownames(t), "distance")) for (k in c("Std. Mean Diff.", "Var. Ratio", "eCDF Mean", "eCDF Max"))
      if (is.finite(t[v, k])) emit(case, paste(k, v, side, sep = "|"), t[v, k])
  }
  emit(case, "essT", s$nn["Matched (ESS)", "Treated"]); emit(case, "essC", s$nn["Matched (ESS)", "Control"])
  emit(case, "nT", s$nn["All", "Treated"]); emit(case, "nC", s$nn["All", "Control"])
  emit(case, "mT", s$nn["Matched", "Treated"]); emit(case, "mC", s$nn["Matched", "Control"])
}
effect <- function(case, y, tr, w, cluster = NULL) {
  d <- data.frame(y, tr, w)[w > 0, ]; fit <- lm(y ~ tr, weights = w, data = d)
  emit(case, "rateC", coef(fit)[[1]]); emit(case, "diff", coef(fit)[[2]])
  if (is.null(cluster)) for (h in c("HC0", "HC1", "HC2", "HC3")) emit(case, h, coeftest(fit, vcovHC(fit, h))[2, 2])
  else { id <- cluster[w > 0]
    emit(case, "CR0", coeftest(fit, vcovCL(fit, cluster = id, type = "HC0", cadjust = FALSE))[2, 2])
    emit(case, "CR1", coeftest(fit, vcovCL(fit, cluster = id, type = "HC1", cadjust = TRUE))[2, 2]) }
}
counted <- function(case, y, tr, w, s) {
  k <- w > 0; t3 <- table(factor(tr[k], 1:0), factor(y[k], 1:0), factor(s[k]))
  u <- mantelhaen.test(t3, correct = FALSE)
  emit(case, "mhOr", u$estimate); emit(case, "mhOrLower", u$conf.int[1]); emit(case, "mhOrUpper", u$conf.int[2])
  emit(case, "cmh", u$statistic); emit(case, "cmhP", u$p.value)
  c <- mantelhaen.test(t3, correct = TRUE); emit(case, "cmhCorrected", c$statistic); emit(case, "cmhCorrectedP", c$p.value)
  # Newcombe's interval is two of Wilson's (prop.test without correction)
  p <- sapply(1:0, function(a) mean(y[k & tr == a])); n <- sapply(1:0, function(a) sum(k & tr == a))
  wilson <- lapply(1:2, function(i) prop.test(round(p[i] * n[i]), n[i], correct = FALSE)$conf.int)
  emit(case, "newcombeLower", p[1] - p[2] - sqrt((p[1] - wilson[[1]][1])^2 + (wilson[[2]][2] - p[2])^2))
  emit(case, "newcombeUpper", p[1] - p[2] + sqrt((wilson[[1]][2] - p[1])^2 + (p[2] - wilson[[2]][1])^2))
}
quoted <- function(v) paste0("`", v, "`")
run <- function(case, file, treated, outcome, exact = c(), cov = c(), cut = NULL, id = NULL, weights = FALSE) {
  d <- read.csv(file, check.names = FALSE, stringsAsFactors = TRUE); tr <- one(d[[treated]]); y <- one(d[[outcome]]); d$.t <- tr
  for (v in names(d)) if (is.factor(d[[v]]) && anyNA(d[[v]])) { x <- addNA(d[[v]]); levels(x)[is.na(levels(x))] <- "(missing)"; d[[v]] <- x }
  for (v in names(d)) if (is.logical(d[[v]])) d[[v]] <- factor(d[[v]])
  e <- d; if (!is.null(cut)) for (v in exact) e[[v]] <- factor(e[[v]])
  on <- c(exact, names(cut))
  m <- if (is.null(cut)) matchit(reformulate(quoted(on), ".t"), data = e, method = "exact")
       else matchit(reformulate(quoted(on), ".t"), data = e, method = "cem", cutpoints = cut)
  # balance of every covariate as the file has it, by the weights found
  shown <- matchit(reformulate(quoted(c(on, cov)), ".t"), data = d, method = NULL, distance = rep(.5, nrow(d)))
  shown$weights <- m$weights; shown$method <- m$method; shown$subclass <- NULL; class(shown) <- "matchit"; shown$info <- m$info
  balance(case, shown)
  emit(case, "strata", nlevels(m$subclass))
  effect(case, y, tr, m$weights, if (is.null(id)) NULL else d[[id]])
  if (is.null(id) && all(y %in% 0:1)) counted(case, y, tr, m$weights, m$subclass)
  if (weights) for (i in seq_along(m$weights)) emit(case, paste0("w|", i), m$weights[i])
  args <- c("--treated", treated, "--outcome", outcome)
  if (length(exact)) args <- c(args, "--exact", paste(exact, collapse = ","))
  if (length(cov)) args <- c(args, "--covariates", paste(cov, collapse = ","))
  if (!is.null(cut)) args <- c(args, "--method", "cem", "--cutpoints", paste(names(cut), sapply(cut, paste, collapse = ":"), sep = "=", collapse = ","))
  if (!is.null(id)) args <- c(args, "--id", id)
  cmd <<- c(cmd, paste(c(case, file, args), collapse = "\t"))
}
logit <- function(case, file, treated, outcome, cov) {
  d <- read.csv(file, check.names = FALSE, stringsAsFactors = TRUE); tr <- one(d[[treated]]); y <- one(d[[outcome]])
  f <- reformulate(quoted(cov), "tr"); g <- glm(f, data = cbind(d, tr), family = binomial, epsilon = 1e-14, maxit = 100)
  b <- summary(g)$coefficients
  for (v in rownames(b)) { emit(case, paste0("b|", gsub("`", "", v)), b[v, 1]); emit(case, paste0("se|", gsub("`", "", v)), b[v, 2]) }
  p <- fitted(g); w <- ifelse(tr == 1, 1, p / (1 - p)); emit(case, "essC", sum(w[tr == 0])^2 / sum(w[tr == 0]^2))
  effect(case, y, tr, w)
  cmd <<- c(cmd, paste(c(case, file, "--treated", treated, "--outcome", outcome, "--method", "odds", "--covariates", paste(cov, collapse = ",")), collapse = "\t"))
}

save(MASS::birthwt, "birthwt.csv")
s <- MASS::survey; s <- s[!is.na(s$Pulse) & !is.na(s$Sex), c("Sex", "W.Hnd", "Exer", "Smoke", "M.I", "Pulse", "Age")]
s$male <- ifelse(s$Sex == "Male", "yes", "no"); s$Sex <- NULL; save(s, "survey.csv")
t <- expand(Titanic); t$female <- ifelse(t$Sex == "Female", "Yes", "No"); t$crew <- t$Class == "Crew"; t$Sex <- NULL; save(t, "titanic.csv")
e <- esoph; n <- e$ncases + e$ncontrols
e <- data.frame(lapply(e[rep(seq_len(nrow(e)), n), 1:3], as.character), case = unlist(Map(function(a, b) rep(1:0, c(a, b)), esoph$ncases, esoph$ncontrols)))
e$drinks <- e$alcgp %in% c("80-119", "120+"); save(e, "esoph.csv")
w <- warpbreaks; w$b <- w$wool == "B"; save(w, "warpbreaks.csv")
g <- ToothGrowth; g$juice <- as.integer(g$supp == "OJ"); save(g, "toothgrowth.csv")
a <- MASS::anorexia; a <- a[a$Treat != "CBT", ]; a$family <- ifelse(a$Treat == "FT", "TRUE", "FALSE"); save(a, "anorexia.csv")
k <- as.data.frame(ChickWeight); k$rich <- as.integer(k$Diet == 3); k$Chick <- as.character(k$Chick); save(k, "chickweight.csv")
p <- MASS::Pima.tr; save(p, "pima.csv")
i <- iris; i$setosa <- as.integer(i$Species == "setosa"); save(i, "iris.csv")
q <- airquality; q$hot <- q$Temp > 79; save(q, "airquality.csv")

run("birthwt_exact", "birthwt.csv", "smoke", "low", exact = c("race", "ht"), cov = c("age", "lwt", "ptl", "ui"))
run("birthwt_cem", "birthwt.csv", "smoke", "bwt", exact = "race", cov = "ptl", cut = list(age = c(20, 25, 30), lwt = c(110.5, 140)), weights = TRUE)
run("birthwt_sturges", "birthwt.csv", "smoke", "low", exact = "race", cut = list(age = "sturges", lwt = "sturges"), weights = TRUE)
run("birthwt_quantiles", "birthwt.csv", "smoke", "bwt", exact = "ui", cut = list(age = "q3", lwt = "q5"))
run("survey_missing", "survey.csv", "male", "Pulse", exact = c("Smoke", "Exer"), cov = c("Age", "W.Hnd", "M.I"))
run("titanic_exact", "titanic.csv", "female", "Survived", exact = c("Class", "Age"))
run("esoph_exact", "esoph.csv", "drinks", "case", exact = c("agegp", "tobgp"))
run("warpbreaks_exact", "warpbreaks.csv", "b", "breaks", exact = "tension")
run("toothgrowth_exact", "toothgrowth.csv", "juice", "len", exact = "dose")
run("anorexia_cem", "anorexia.csv", "family", "Postwt", cut = list(Prewt = c(78, 82, 86)))
run("chickweight_clustered", "chickweight.csv", "rich", "weight", exact = "Time", id = "Chick")
logit("pima_odds", "pima.csv", "type", "bmi", c("npreg", "glu", "bp", "ped", "age"))
logit("birthwt_odds", "birthwt.csv", "smoke", "low", c("age", "lwt", "ht", "ptl"))
logit("titanic_odds", "titanic.csv", "female", "Survived", c("Class", "Age"))
# what R says of separation (fitted probabilities of 0 or 1, or a coefficient that never settles) and of missing numbers
warned <- function(f, d) { said <- 0; withCallingHandlers(glm(f, data = d, family = binomial, maxit = 100), warning = function(w) said <<- 1); said }
emit("iris", "separated", warned(setosa ~ Petal.Length, i)); emit("airquality", "missing", sum(is.na(q$Solar.R)))
emit("titanic_crew", "widestSe", max(summary(glm(crew ~ Age, data = t, family = binomial, maxit = 100))$coefficients[, 2]))
write.csv(setNames(as.data.frame(do.call(rbind, out)), c("case", "name", "value")), "values.csv", row.names = FALSE, quote = 1:2); writeLines(cmd, "cases.tsv")
